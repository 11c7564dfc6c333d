# After the package was removed for good, not replaced by a newer one: the one folder that nobody else has.
if [ "$1" = 0 ]; then
    rmdir /usr/share/doc/liaison 2>/dev/null || :
fi

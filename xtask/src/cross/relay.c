/* A program of Windows that stands for one of Linux, with its own name: Wine can start programs of Linux, but gives them
 * no pipes and no end to wait for. So a socket carries what the program writes, and the code it ends with; when this
 * program is ended, so is that one. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

static void fail(const char *what) {
    fprintf(stderr, "relay: %s\n", what);
    exit(125);
}

static int receive(SOCKET from, char *to, int left) {
    while (left > 0) {
        int got = recv(from, to, left, 0);
        if (got <= 0) return 0;
        to += got;
        left -= got;
    }
    return 1;
}

/* What follows the program's name on the command line, as it was written. */
static const wchar_t *arguments(void) {
    const wchar_t *at = GetCommandLineW();
    int quoted = 0;
    for (; *at && (quoted || (*at != L' ' && *at != L'\t')); at++)
        if (*at == L'"') quoted = !quoted;
    return at;
}

int main(void) {
    WSADATA data;
    SOCKET listening, relay;
    struct sockaddr_in address = {0};
    int length = sizeof address;
    wchar_t own[MAX_PATH], *name, *end, script[MAX_PATH], *line;
    STARTUPINFOW start = {0};
    PROCESS_INFORMATION process;
    size_t room;

    GetModuleFileNameW(NULL, own, MAX_PATH);
    name = wcsrchr(own, L'\\') ? wcsrchr(own, L'\\') + 1 : own;
    end = wcsrchr(name, L'.');
    if (end) *end = 0;
    if (!GetEnvironmentVariableW(L"LIAISON_RELAY", script, MAX_PATH)) fail("LIAISON_RELAY isn't set");

    if (WSAStartup(MAKEWORD(2, 2), &data)) fail("no sockets");
    listening = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, 1)
        || getsockname(listening, (struct sockaddr *)&address, &length))
        fail("no socket to listen on");

    room = wcslen(arguments()) + wcslen(script) + wcslen(name) + 64;
    line = malloc(room * sizeof *line);
    swprintf(line, room, L"python3 \"%ls\" %d %ls%ls", script, ntohs(address.sin_port), name, arguments());
    start.cb = sizeof start;
    if (!CreateProcessW(L"Z:\\usr\\bin\\python3", line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process))
        fail("/usr/bin/python3 can't be started");
    relay = accept(listening, NULL, NULL);
    if (relay == INVALID_SOCKET) fail("nobody calls back");

    /* Each piece: what it is, its length or the code, and its bytes. */
    for (;;) {
        unsigned char head[5];
        char piece[65536];
        unsigned long count;
        DWORD written;
        if (!receive(relay, (char *)head, sizeof head)) fail("the program was lost");
        count = (unsigned long)head[1] << 24 | head[2] << 16 | head[3] << 8 | head[4];
        if (head[0] == 'x') return (int)count;
        if (count > sizeof piece || !receive(relay, piece, (int)count)) fail("the program was lost");
        WriteFile(GetStdHandle(head[0] == 'e' ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE), piece, count, &written, NULL);
    }
}

; What Liaison's installer does besides copying files, which Tauri's own script does: per user, upgrade over a running
; app, silently with /S, removal with uninstall.exe /S. Not run yet on a real Windows.
;
; .csv and .vcf files keep the program that opens them; Liaison is offered under "Open with".

!macro NSIS_HOOK_PREINSTALL
!macroend

!macro NSIS_HOOK_POSTINSTALL
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts" "" "Contacts"
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts\DefaultIcon" "" "$INSTDIR\liaison.exe,0"
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts\shell\open\command" "" '"$INSTDIR\liaison.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.csv\OpenWithProgids" "Liaison.Contacts" ""
  WriteRegStr HKCU "Software\Classes\.vcf\OpenWithProgids" "Liaison.Contacts" ""
  ; Win+R and the start of a path find the command line without a change of PATH.
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\liaison-cli.exe" "" "$INSTDIR\liaison-cli.exe"
  ; SHCNE_ASSOCCHANGED: Explorer reads the above at once.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro NSIS_HOOK_PREUNINSTALL
!macroend

; The data in %LOCALAPPDATA%\org.liaison.desk stays: removing the program must not remove a year of work.
!macro NSIS_HOOK_POSTUNINSTALL
  DeleteRegKey HKCU "Software\Classes\Liaison.Contacts\DefaultIcon"
  DeleteRegKey HKCU "Software\Classes\Liaison.Contacts\shell\open\command"
  DeleteRegKey HKCU "Software\Classes\Liaison.Contacts"
  DeleteRegValue HKCU "Software\Classes\.csv\OpenWithProgids" "Liaison.Contacts"
  DeleteRegValue HKCU "Software\Classes\.vcf\OpenWithProgids" "Liaison.Contacts"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\liaison-cli.exe"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

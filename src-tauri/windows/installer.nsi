; Liaison's installer for Windows: for one user, without administrator rights. `cargo xtask bundle nsis` defines what
; stands in ${…} below and runs makensis.
;
;   Liaison_VERSION_x64-setup.exe [/S] [/D=FOLDER]   /S: without a window; /D: where to, last and without quotes
;   uninstall.exe [/S] [_?=FOLDER]                   _?: waits for the end and gives the exit code
;
; Exit codes: 0 done, 1 canceled, 2 not possible on this computer, 3 a file is held by another program. What was done
; without a window is in %TEMP%\Liaison-setup.log.

Unicode true
!ifdef TARGET
  ; As the system's own programs; without it the installer is one of 32 bits, which 64-bit Windows runs, too.
  Target ${TARGET}
!endif
!ifdef QUICK
  ; For trying it out.
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
RequestExecutionLevel user
ManifestDPIAware true
Name "Liaison"
OutFile "${OUT}"
BrandingText "Liaison ${VERSION}"
AllowSkipFiles off
; Where a file can't be written, the script says so and leaves what was there.
SetOverwrite try

!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\org.liaison.desk"
!define COMMAND_LINE "Software\Microsoft\Windows\CurrentVersion\App Paths\liaison-cli.exe"
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4795-8BDF-00C3A9A7E4C5}"

InstallDir "$LOCALAPPDATA\Programs\Liaison"
InstallDirRegKey HKCU "${REMOVAL}" "InstallLocation"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Liaison"
VIAddVersionKey "FileDescription" "Installs Liaison"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "Liaison contributors"
VIAddVersionKey "LegalCopyright" "AGPL-3.0-only"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\liaison.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Liaison"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

; Words for a person, and for the log where nobody looks.
!macro Tell WORDS
  DetailPrint "${WORDS}"
  FileOpen $9 "$TEMP\Liaison-setup.log" a
  FileSeek $9 0 END
  FileWriteUTF16LE /BOM $9 "${WORDS}$\r$\n"
  FileClose $9
!macroend

; The end, with a reason.
!macro Stop CODE WORDS
  !insertmacro Tell "${WORDS}"
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Stop 2 "Liaison needs 64-bit Windows."
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    !insertmacro Stop 2 "Liaison needs Windows 10 or later."
  ${EndIf}
  SetRegView 64
  ReadRegStr $0 HKCU "${REMOVAL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      ; Its database would be of a newer form, which this version can't open.
      !insertmacro Stop 2 "Liaison $0 is installed, which is newer than ${VERSION}. Nothing was changed."
    ${EndIf}
  ${EndIf}
FunctionEnd

; Puts a file that was unpacked in the place of the one before. A program that runs can't be overwritten, but renamed: it
; goes on with what it was, and the next start is the new one.
!macro Replace FILE
  ClearErrors
  Delete "$INSTDIR\${FILE}"
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    GetTempFileName $1 "$INSTDIR"
    Delete $1
    Rename "$INSTDIR\${FILE}" "$1.replaced"
    StrCpy $2 "open"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\incoming\${FILE}" "$INSTDIR\${FILE}"
  ${If} ${Errors}
    !insertmacro Stop 3 "$INSTDIR\${FILE} can’t be replaced because another program is using it. Close Liaison and try again."
  ${EndIf}
!macroend

; $0: the version of the WebView2 Runtime, or nothing.
Function FindWebView
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW}" "pv"
  ${If} $0 == ""
    ReadRegStr $0 HKLM "SOFTWARE\${WEBVIEW}" "pv"
  ${EndIf}
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\${WEBVIEW}" "pv"
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

Section
  !insertmacro Tell "Installing Liaison ${VERSION} in $INSTDIR."
  StrCpy $2 ""
  ; Everything is unpacked before anything is replaced: a full disk leaves the version before.
  ClearErrors
  SetOutPath "$INSTDIR\incoming"
  File "${PROGRAMS}\liaison.exe"
  File "${PROGRAMS}\liaison-cli.exe"
  !ifdef LOADER
    File "${LOADER}\WebView2Loader.dll"
  !endif
  SetOutPath "$INSTDIR\guides"
  File "${GUIDES}\staff.md"
  File "${GUIDES}\administrators.md"
  File "${GUIDES}\it.md"
  File "${GUIDES}\accessibility.md"
  SetOutPath "$INSTDIR"
  File "/oname=LICENSE.txt" "${LICENSE}"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\incoming"
    !insertmacro Stop 3 "Liaison can’t be written to $INSTDIR. Check that the disk has space and that you may write there."
  ${EndIf}
  ; What earlier updates left because it was running.
  Delete "$INSTDIR\*.replaced"
  !insertmacro Replace "liaison.exe"
  !insertmacro Replace "liaison-cli.exe"
  !ifdef LOADER
    !insertmacro Replace "WebView2Loader.dll"
  !endif
  RMDir "$INSTDIR\incoming"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Liaison.lnk" "$INSTDIR\liaison.exe"

  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "Liaison"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\liaison.exe"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "Liaison contributors"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $3
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" $0

  ; .csv and .vcf files keep the program that opens them; Liaison is offered under "Open with".
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts" "" "Contacts"
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts\DefaultIcon" "" "$INSTDIR\liaison.exe,0"
  WriteRegStr HKCU "Software\Classes\Liaison.Contacts\shell\open\command" "" '"$INSTDIR\liaison.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.csv\OpenWithProgids" "Liaison.Contacts" ""
  WriteRegStr HKCU "Software\Classes\.vcf\OpenWithProgids" "Liaison.Contacts" ""
  ; Win+R and `start` find the command line without a change of PATH.
  WriteRegStr HKCU "${COMMAND_LINE}" "" "$INSTDIR\liaison-cli.exe"
  ; SHCNE_ASSOCCHANGED: Explorer reads the above at once.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  Call FindWebView
  !ifdef WEBVIEW_SETUP
    ${If} $0 == ""
      !insertmacro Tell "Installing the Microsoft Edge WebView2 Runtime."
      InitPluginsDir
      SetOutPath "$PLUGINSDIR"
      File "/oname=MicrosoftEdgeWebview2Setup.exe" "${WEBVIEW_SETUP}"
      ExecWait '"$PLUGINSDIR\MicrosoftEdgeWebview2Setup.exe" /silent /install' $1
      SetOutPath "$INSTDIR"
      Call FindWebView
    ${EndIf}
  !endif
  ${If} $0 == ""
    !insertmacro Tell "The Microsoft Edge WebView2 Runtime is missing. Liaison’s window needs it; liaison-cli doesn’t."
    MessageBox MB_OK|MB_ICONEXCLAMATION "Liaison is installed, but its window needs the Microsoft Edge WebView2 Runtime, which this computer doesn’t have. Get it from https://developer.microsoft.com/microsoft-edge/webview2, then open Liaison." /SD IDOK
  ${EndIf}
  ${If} $2 == "open"
    !insertmacro Tell "Liaison was open and keeps running as the earlier version."
    MessageBox MB_OK|MB_ICONINFORMATION "Liaison was updated while it was open. Close it and open it again to use the new version." /SD IDOK
  ${EndIf}
  !insertmacro Tell "Liaison ${VERSION} is installed."
SectionEnd

; A program that runs can't be opened for writing.
!macro StopWhereHeld FILE WORDS
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $9 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      !insertmacro Stop 3 "${WORDS}"
    ${EndIf}
    FileClose $9
  ${EndIf}
!macroend

; The data in %LOCALAPPDATA%\org.liaison.desk stays: removing the program must not remove a year of work.
Section "Uninstall"
  SetRegView 64
  ; A window may still be open that was before an update.
  Delete "$INSTDIR\*.replaced"
  ${If} ${FileExists} "$INSTDIR\*.replaced"
    !insertmacro Stop 3 "Liaison is open. Close it, then remove it again."
  ${EndIf}
  ; Both are asked before either goes.
  !insertmacro StopWhereHeld "liaison.exe" "Liaison is open. Close it, then remove it again."
  !insertmacro StopWhereHeld "liaison-cli.exe" "liaison-cli is running. Try again when it has ended."
  Delete "$INSTDIR\liaison.exe"
  Delete "$INSTDIR\liaison-cli.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\guides\staff.md"
  Delete "$INSTDIR\guides\administrators.md"
  Delete "$INSTDIR\guides\it.md"
  Delete "$INSTDIR\guides\accessibility.md"
  RMDir "$INSTDIR\guides"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  ; Only where nothing else is in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Liaison.lnk"

  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\Classes\Liaison.Contacts"
  DeleteRegValue HKCU "Software\Classes\.csv\OpenWithProgids" "Liaison.Contacts"
  DeleteRegValue HKCU "Software\Classes\.vcf\OpenWithProgids" "Liaison.Contacts"
  ; Each only where nobody else has written into it.
  DeleteRegKey /ifempty HKCU "Software\Classes\.csv\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.csv"
  DeleteRegKey /ifempty HKCU "Software\Classes\.vcf\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.vcf"
  DeleteRegKey HKCU "${COMMAND_LINE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  !insertmacro Tell "Liaison was removed. Its data stays in $LOCALAPPDATA\org.liaison.desk."
SectionEnd

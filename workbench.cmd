@echo off
rem Windows: runs ./workbench in WSL, the Windows Subsystem for Linux, where it needs the same tools
rem as on Linux. Without WSL it says how to install it.
setlocal
where wsl.exe >nul 2>nul
if errorlevel 1 goto missing
wsl.exe --status >nul 2>nul
if errorlevel 1 goto missing
wsl.exe --cd "%~dp0." --exec bash ./workbench %*
exit /b %errorlevel%

:missing
echo workbench: needs WSL, the Windows Subsystem for Linux, which is not installed 1>&2
echo   wsl --install   (once, as administrator; then restart Windows and rerun) 1>&2
exit /b 1

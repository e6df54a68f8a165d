@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title itareport doctor
set "HERE=%~dp0"
for %%I in ("%HERE%..\ITA") do set "REPORTS=%%~fI"
set "PACKED="
if not exist "%HERE%parts.txt" set "PACKED=1"
if not "%HERE:\AppData\Local\Temp\=%"=="%HERE%" set "PACKED=1"
if defined PACKED (
  echo.
  echo   โปรดแตกไฟล์ zip ก่อน: คลิกขวาที่ไฟล์ zip เลือก Extract All หรือ แยกทั้งหมด
  echo   แล้วเปิดไฟล์นี้อีกครั้งในโฟลเดอร์ที่แตกแล้ว
  echo   Please extract the zip file first, then open this file again in the new folder.
  echo.
  pause
  exit /b 1
)
if not exist "%HERE%python\python.exe" (
  echo.
  echo   ไม่พบ python\python.exe ซึ่งโปรแกรมป้องกันไวรัสอาจกักไว้ โปรดอ่านข้อ 4 ของ อ่านก่อน.txt
  echo   python\python.exe is missing: an antivirus may have moved it. Ask your administrator.
  echo.
  pause
  exit /b 1
)
cd /d "%SystemRoot%"
set "SAID=%HERE%check.txt"
copy /y nul "%SAID%" >nul 2>&1 || set "SAID=%TEMP%\itareport-check.txt"
echo   กำลังตรวจ โปรดรอราวหนึ่งนาที ผลเปิดใน Notepad ด้วย
echo   Checking, about a minute. Notepad shows the result too.
echo.
"%HERE%python\python.exe" -X utf8 -m itareport doctor -o "%REPORTS%" >"%SAID%" 2>&1
set "STATUS=%ERRORLEVEL%"
type "%SAID%"
start "" notepad "%SAID%"
echo.
echo   สถานะ %STATUS% (0 คือพร้อมทุกข้อ) / status %STATUS% (0: all is ready)
echo.
pause
exit /b %STATUS%

@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title itareport
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
if not exist "%REPORTS%\" mkdir "%REPORTS%"
echo   กำลังเปิดหน้ากรอกในเบราว์เซอร์ โปรดเปิดหน้าต่างนี้ไว้
echo   The page opens in your browser. Please leave this window open.
echo.
"%HERE%python\python.exe" -X utf8 -m itareport serve "%REPORTS%" --open
set "STATUS=%ERRORLEVEL%"
if "%STATUS%"=="0" exit /b 0
echo.
echo   โปรแกรมจบด้วยสถานะ %STATUS% โปรดอ่านข้อความข้างบน หรือเปิด CHECK.bat เพื่อตรวจความพร้อม
echo   The program ended with status %STATUS%. CHECK.bat tells what is missing.
echo.
pause
exit /b %STATUS%

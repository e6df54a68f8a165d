@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title itareport
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" (
  echo.
  echo   โปรดแตกไฟล์ zip ก่อน: คลิกขวาที่ไฟล์ zip เลือก Extract All หรือ แยกทั้งหมด
  echo   แล้วเปิดไฟล์นี้อีกครั้งในโฟลเดอร์ที่แตกแล้ว
  echo   Please extract the zip file first, then open this file again in the new folder.
  echo.
  pause
  exit /b 1
)
set "REPORTS=%HERE%..\ITA"
if not exist "%REPORTS%\" mkdir "%REPORTS%"
"%HERE%python\python.exe" -X utf8 -m itareport serve "%REPORTS%" --open
set "STATUS=%ERRORLEVEL%"
if "%STATUS%"=="0" exit /b 0
echo.
echo   โปรแกรมจบด้วยสถานะ %STATUS% โปรดอ่านข้อความข้างบน หรือเปิด CHECK.bat เพื่อตรวจความพร้อม
echo   The program ended with status %STATUS%. CHECK.bat tells what is missing.
echo.
pause
exit /b %STATUS%

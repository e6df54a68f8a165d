@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title itareport doctor
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
"%HERE%python\python.exe" -X utf8 -m itareport doctor -o "%HERE%..\ITA"
set "STATUS=%ERRORLEVEL%"
echo.
echo   สถานะ %STATUS% (0 คือพร้อมทุกข้อ) / status %STATUS% (0: all is ready)
echo.
pause
exit /b %STATUS%

"""Warnings about remarks and plan beside each other: D330-D339."""

from __future__ import annotations

from itareport.problems.sentence import WARNING, Sentence

TABLE: dict[str, Sentence] = {
    "D330": Sentence(
        WARNING,
        "ข้อวิเคราะห์สัญญาจำนวนครั้งหรือกำหนดเวลาที่แผนของประเด็นนั้นไม่มี",
        "ข้อวิเคราะห์ข้อ {code} สัญญาว่า “{promises}” แต่แผนประเด็นที่ {issue} ไม่มี",
        "โปรดเพิ่มไว้ในขั้นตอนของแผน หรือตัดออกจากข้อวิเคราะห์ เพราะรายงานผลการดำเนินการต้องตอบทุกเรื่องที่สัญญาไว้",
    ),
    "D331": Sentence(
        WARNING,
        "ข้อวิเคราะห์ชี้ไปยังมาตรการที่แผนไม่มี",
        "อ้างถึงมาตรการที่ {number} แต่แผนประเด็นที่ {no} มี {count} มาตรการ",
        "โปรดแก้เลขมาตรการ หรือเพิ่มมาตรการในแผนประเด็นที่ {no}",
    ),
}

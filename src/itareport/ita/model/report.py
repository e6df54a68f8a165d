"""The parts of a report: frozen Pydantic models, no input or output."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, LiteralString, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from itareport import thai
from itareport.ita.kinds import full_name
from itareport.ita.model.values import (
    HUNDRED,
    LINE,
    LINES,
    NO_ITEM,
    Code,
    CodeOrBlank,
    Codes,
    Date,
    Filled,
    FiscalYear,
    ItemOrNone,
    Kind,
    Line,
    Points,
    Score,
    Text,
    Use,
    Whole,
    one_of,
    whole,
)

Draft = Annotated[
    bool,
    Kind.MARK,
    WithJsonSchema({"enum": [True, False, "true", "false"]}),
    Field(
        title="ข้อความร่าง",
        description="true เมื่อเป็นข้อความร่างของโปรแกรมที่ยังไม่ได้ยืนยัน ตรวจทานแล้วให้ลบช่องนี้",
        examples=["true"],
    ),
]
"""Whether a text is a draft of the program that nobody has confirmed yet."""


class _Frozen(BaseModel):
    # Each field is described where it is, and nowhere else: see `described`.
    model_config = ConfigDict(frozen=True, extra="forbid")


class Missing(StrEnum):
    """Why a question or item has no score; undeclared, a missing score is an error."""

    NOT_ASSESSED = "ไม่ถูกประเมิน"
    NOT_SHOWN = "ไม่แสดงในผลที่เผยแพร่"


class Published(StrEnum):
    """How much of the result is known."""

    ITEMS = "รายข้อ"
    INDICATORS = "ตัวชี้วัด"
    TOTAL = "ภาพรวม"


class Printing(StrEnum):
    """Whether the document prints a part that an office may leave out."""

    YES = "พิมพ์"
    NO = "ไม่พิมพ์"


class Size(StrEnum):
    """How large the agency is."""

    SMALL = "เล็ก"
    MIDDLE = "กลาง"
    LARGE = "ใหญ่"


WHOSE = ("kind", "name", "district", "province")
"""The fields of an agency that tell it from all others, in the order in which it is named."""


class Agency(_Frozen):
    """The agency that is assessed and reports."""

    kind: Filled = Field(
        title="ประเภทหน่วยงาน",
        description="คำเต็ม ไม่ใช้คำย่อ หน่วยงานอื่นนอกจาก อปท. ใช้ หน่วยงานอื่น",
        examples=["เทศบาลตำบล"],
    )
    name: Annotated[Line, Use.NEEDED] = Field(
        default="",
        title="ชื่อหน่วยงาน",
        description="ชื่อโดยไม่มีประเภทนำหน้า (หน่วยงานอื่น ใช้ชื่อเต็ม) เว้นได้เฉพาะเมืองพัทยา",
        examples=["ควนเสาธง"],
    )
    district: Annotated[Line, Use.NEEDED] = Field(
        default="",
        title="อำเภอหรือเขต",
        description="ไม่ต้องมีคำว่าอำเภอ (มีก็ได้) เมือง คือเมืองและชื่อจังหวัด อบจ. เว้นได้",
        examples=["ตะโหมด"],
    )
    province: Filled = Field(title="จังหวัด", description="ไม่ต้องมีคำว่าจังหวัด (มีก็ได้)", examples=["พัทลุง"])
    emblem: Annotated[Line | None, Use.UNPRINTED] = Field(
        default=None,
        title="ภาพตราหน่วยงาน",
        description="ชื่อไฟล์ PNG หรือ JPEG ที่วางไว้ในโฟลเดอร์เดียวกับไฟล์ข้อมูล",
        examples=["ตรา.png"],
    )
    website: Line | None = Field(
        default=None,
        title="เว็บไซต์",
        description="พิมพ์เป็นบรรทัดสุดท้ายของปก",
        examples=["www.example.go.th"],
    )
    units: Points = Field(
        default=(),
        title="ส่วนราชการภายใน",
        description="รายการชื่อส่วนราชการของหน่วยงานเอง ถ้าต่างจากที่ใช้ทั่วไป",
        examples=[["สำนักปลัดเทศบาล", "กองคลัง"]],
    )
    size: Annotated[Size, Kind.WORD, one_of(Size)] | None = Field(
        default=None,
        title="ขนาดหน่วยงาน",
        description="ถ้าทราบ เล็ก กลาง หรือใหญ่ ใช้เลือกข้อความร่าง",
        examples=["กลาง"],
    )
    maintain_from: Score = Field(
        default=HUNDRED,
        title="เกณฑ์รักษาระดับ",
        description="ข้อที่ได้ตั้งแต่คะแนนนี้ไม่ต้องมีข้อวิเคราะห์ และพิมพ์ รักษาระดับ (ไม่กรอกคือ 100)",
        examples=["95"],
    )

    @property
    def full_name(self) -> str:
        """Kind and name as printed on the cover: เทศบาลตำบลควนเสาธง."""
        return full_name(self.kind, self.name)

    @property
    def area(self) -> str:
        """District and province as printed: อำเภอตะโหมด จังหวัดพัทลุง.

        What the name says already is not said again: จังหวัดตราด, กรุงเทพมหานคร.
        """
        area = thai.area(self.district, self.province)
        return " ".join(part for part in area.split(" ") if part != self.full_name)


class IndicatorScore(_Frozen):
    """The official score of one indicator."""

    no: Whole = Field(title="ลำดับตัวชี้วัด", description="1 ถึง 10", examples=[1])
    score: Score = Field(title="คะแนน", description="คะแนนทางการของตัวชี้วัด", examples=["99.17"])


_PART = {"enum": [1, 2, "1", "2", "๑", "๒"]}


class ToolScore(_Frozen):
    """The official score of a tool, or of one part of a tool that has two."""

    tool: Annotated[Filled, Kind.WORD, AfterValidator(str.upper)] = Field(
        title="เครื่องมือ", description="IIT, EIT หรือ OIT", examples=["EIT"]
    )
    part: (
        Annotated[Literal[1, 2], Kind.WHOLE, BeforeValidator(whole), WithJsonSchema(_PART)] | None
    ) = Field(default=None, title="ส่วนของเครื่องมือ", description="เฉพาะ EIT: 1 หรือ 2", examples=[1])
    score: Score = Field(title="คะแนน", description="คะแนนทางการ", examples=["83.07"])


class LastYear(_Frozen):
    """The official result of the year before, for comparison."""

    total: Score = Field(title="คะแนนภาพรวม", description="ของปีก่อน", examples=["92.15"])
    level: Line | None = Field(
        default=None, title="ระดับผลการประเมิน", description="ของปีก่อน ถ้าทราบ", examples=["ผ่าน"]
    )
    indicators: tuple[IndicatorScore, ...] = Field(
        default=(), title="คะแนนรายตัวชี้วัด", description="ของปีก่อน"
    )


class Rank(_Frozen):
    """The agency's place among those of its province."""

    place: Whole = Field(title="อันดับที่", description="อันดับของหน่วยงานในจังหวัด", examples=[76])
    of: Whole = Field(
        title="จำนวนหน่วยงานของจังหวัด", description="จำนวนหน่วยงานที่จัดอันดับ", examples=[211]
    )


class Respondents(_Frozen):
    """How many people answered each questionnaire."""

    iit: Whole | None = Field(
        default=None, title="ผู้ตอบ IIT (คน)", description="ถ้าทราบ", examples=[40]
    )
    eit: Whole | None = Field(
        default=None, title="ผู้ตอบ EIT (คน)", description="ถ้าทราบ", examples=[152]
    )


class Result(_Frozen):
    """The official result as announced; nothing here is computed.

    Total and level may be absent only where no more than the indicators is known.
    """

    total: Score | None = Field(title="คะแนนภาพรวม", description="ตามที่ประกาศ", examples=["94.90"])
    level: Filled | None = Field(
        title="ระดับผลการประเมิน", description="ตามที่ประกาศ ใช้คำของปีนั้น", examples=["ผ่าน"]
    )
    indicators: tuple[IndicatorScore, ...] = Field(
        title="คะแนนรายตัวชี้วัด", description="ครบทุกตัวชี้วัดของปี"
    )
    tools: tuple[ToolScore, ...] = Field(
        default=(), title="คะแนนรายเครื่องมือ", description="ถ้าทราบ ใช้ตรวจระดับผลการประเมิน"
    )
    last_year: LastYear | None = Field(
        default=None, title="ผลของปีก่อน", description="ถ้ามี ไว้เปรียบเทียบ"
    )
    announced: Date | None = Field(
        default=None, title="วันที่ประกาศผล", description="ถ้าทราบ", examples=["1 สิงหาคม 2568"]
    )
    published: Annotated[Published, Kind.WORD, one_of(Published)] = Field(
        default=Published.ITEMS,
        title="คะแนนที่มีในผลที่เผยแพร่",
        description="รายข้อ ตัวชี้วัด หรือ ภาพรวม ไม่ต้องกรอกเมื่อมีครบทุกข้อ "
        "หากมีเพียงตัวชี้วัดหรือภาพรวม รายงานวิเคราะห์เท่าที่มี",
        examples=["ตัวชี้วัด"],
    )
    rank: Rank | None = Field(
        default=None, title="อันดับในจังหวัด", description="ถ้าทราบ พิมพ์ต่อจากระดับผลการประเมิน"
    )
    respondents: Respondents | None = Field(
        default=None, title="จำนวนผู้ตอบแบบวัด", description="ถ้าทราบ พิมพ์ใต้ตารางคะแนน"
    )

    @model_validator(mode="before")
    @classmethod
    def _without_total(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        given = {name: value for name, value in data.items() if value is not None}
        if thai.one_of(str(given.get("published")), Published) is Published.INDICATORS:
            return {"total": None, "level": None, **given}
        return given


class QuestionScore(_Frozen):
    """The score of one question or item, or why there is none.

    `score` is a whole score (IIT, OIT) or an EIT score whose part is not stated; `part1` and
    `part2` are the halves of an EIT question.
    """

    code: Code = Field(title="รหัสข้อ", description="i1, e7 หรือ o10 ตามเลขข้อของปีนั้น", examples=["e7"])
    score: Score | None = Field(
        default=None,
        title="คะแนน",
        description="คะแนนของข้อ IIT หรือ OIT หรือของข้อ EIT ที่ไม่ทราบว่าเป็นส่วนใด",
        examples=["98.33"],
    )
    part1: Score | None = Field(
        default=None, title="คะแนนส่วนที่ 1", description="เฉพาะข้อ EIT", examples=["82.86"]
    )
    part2: Score | None = Field(
        default=None, title="คะแนนส่วนที่ 2", description="เฉพาะข้อ EIT", examples=["97.00"]
    )
    missing: Annotated[Missing, Kind.WORD, one_of(Missing)] | None = Field(
        default=None,
        title="เหตุที่ไม่มีคะแนน",
        description=f"ต้องแจ้งเมื่อข้อนั้นไม่มีคะแนน: {' หรือ '.join(Missing)} เท่านั้น",
        examples=["ไม่ถูกประเมิน"],
    )
    next: ItemOrNone | None = Field(
        default=None,
        title="ตรงกับข้อของปีถัดไป",
        description="ถ้าทราบ พิมพ์ในวงเล็บต่อจากรหัสข้อ หรือ none เมื่อไม่มีแล้ว",
        examples=["o20"],
    )
    reason: Text | None = Field(
        default=None,
        title="เหตุผลที่ ITAS แจ้ง",
        description="ถ้ามี",
        examples=["ไม่พบข้อมูลที่เผยแพร่"],
    )
    cause: Text | None = Field(
        default=None,
        title="สาเหตุที่หน่วยงานทราบ",
        description="ถ้ามี เขียนเฉพาะสิ่งที่หน่วยงานทราบจริง รายงานพิมพ์ในข้อวิเคราะห์",
        examples=["ผู้รับผิดชอบโอนย้ายระหว่างปี"],
    )

    @property
    def known(self) -> tuple[Decimal, ...]:
        """The scores that are given, in the order whole, part 1, part 2."""
        return tuple(s for s in (self.score, self.part1, self.part2) if s is not None)

    @property
    def lowest(self) -> Decimal | None:
        """The lowest score given, or None when the score is missing."""
        return min(self.known, default=None)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if found := contradiction({name for name, value in self if value is not None}):
            raise PydanticCustomError(found[0], "row")
        return self


def contradiction(given: Collection[str]) -> tuple[LiteralString, tuple[str, ...]] | None:
    """Return the problem's code if the fields given in a row of `scores` contradict each other.

    With it come the fields that exclude one another. Callers use it for what was typed too, so
    that a bad value in the row does not hide the contradiction.
    """
    scores = ("score", "part1", "part2")
    known = set(scores).intersection(given)
    if "missing" in given and known:
        return "D130", ("missing", *scores)
    if "missing" not in given and not known:
        return "D131", ()
    return ("D132", scores) if "score" in known and len(known) > 1 else None


def _without_code(schema: dict[str, Any]) -> None:
    schema["required"].remove("code")  # `codes` may say it


class Remark(_Frozen):
    """What is weak at one question and what the agency should do; "" prints an empty cell.

    Neighbouring questions of one tool may share a remark: `code` is the first of `codes`.  The
    remark of an indicator, or of a whole tool, has no code.
    """

    model_config = ConfigDict(json_schema_extra=_without_code)

    code: CodeOrBlank = Field(
        title="รหัสข้อ",
        description="ข้อที่วิเคราะห์ (เว้นได้เมื่อมี codes, indicator หรือ tool)",
        examples=["i1"],
    )
    text: Text = Field(
        title="ข้อวิเคราะห์",
        description='ข้อบกพร่องและสิ่งที่หน่วยงานควรทำ แต่ละบรรทัดเป็นหนึ่งย่อหน้า ("" คือเว้นว่าง)',
        examples=["ผู้มีส่วนได้ส่วนเสียภายในบางส่วนมีความเห็นว่า…"],
    )
    draft: Draft = False
    codes: Codes = Field(
        default=(),
        title="ใช้ร่วมกับข้อ",
        description="ข้อของเครื่องมือเดียวกันที่อยู่ติดกันและใช้ข้อวิเคราะห์เดียวกัน พิมพ์เป็นช่องเดียว",
        examples=[["e4", "e5"]],
    )
    indicator: Whole | None = Field(
        default=None,
        title="ตัวชี้วัดที่วิเคราะห์",
        description="แทนรหัสข้อ เมื่อวิเคราะห์ทั้งตัวชี้วัด",
        examples=[6],
    )
    tool: Annotated[Filled, Kind.WORD, AfterValidator(str.upper)] | None = Field(
        default=None,
        title="เครื่องมือที่วิเคราะห์",
        description="แทนรหัสข้อ เมื่อวิเคราะห์ทั้งเครื่องมือ",
        examples=["EIT"],
    )

    @property
    def covered(self) -> tuple[str, ...]:
        """The codes that the remark is about."""
        return tuple(dict.fromkeys(filter(None, (self.code, *self.codes))))

    @model_validator(mode="before")
    @classmethod
    def _first_of_several(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        if not data.get("code") and (data.get("indicator") or data.get("tool")):
            return {**data, "code": ""}
        listed = data.get("codes")
        if isinstance(listed, Sequence) and not isinstance(listed, str) and listed:
            return {"code": listed[0], **{k: v for k, v in data.items() if v is not None}}
        return data


class IssueItems(_Frozen):
    """The agency's own grouping of one issue, in place of the year's."""

    no: Whole = Field(title="ลำดับประเด็น", description="1 ถึง 7", examples=[5])
    items: Codes = Field(
        title="ข้อในประเด็น",
        description="รายการรหัสข้อทั้งหมดของประเด็นนี้ แทนของปี",
        examples=[["i4", "i5", "i6", "o12"]],
    )


class PlanRow(_Frozen):
    """One row of the plan matrix of Part 2."""

    issue: Whole = Field(
        title="ลำดับประเด็น", description="1 ถึง 7 ประเด็นเดียวมีหลายแถวได้", examples=[1]
    )
    measures: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="มาตรการ โครงการ หรือกิจกรรม",
        description="รายการละหนึ่งบรรทัด",
        examples=[["ปรับปรุงคู่มือการปฏิบัติงาน"]],
    )
    findings: Annotated[Points, Use.WANTED] = Field(
        default=(),
        title="ผลการวิเคราะห์ที่สอดคล้อง",
        description="รายการ อ้างรหัสข้อ ตัวชี้วัด หรือตัวชี้วัดย่อยที่มาตรการนี้ตอบ",
        examples=[["ข้อ i1: ขั้นตอนและระยะเวลา"]],
    )
    steps: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ขั้นตอนหรือวิธีการดำเนินการ",
        description="รายการละหนึ่งบรรทัด",
        examples=[["ทบทวนคู่มือ"]],
    )
    period: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ช่วงระยะเวลาการดำเนินการ",
        description="รายการ อยู่ในปีงบประมาณของแผน",
        examples=["ธันวาคม 2568 - กันยายน 2569"],
    )
    responsible: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ผู้รับผิดชอบ",
        description="รายการส่วนราชการภายใน",
        examples=["สำนักปลัดเทศบาล"],
    )
    follow_up: Annotated[Points, Use.OPTIONAL] = Field(
        default=(),
        title="การกำกับติดตาม",
        description="รายการ เป็นคอลัมน์เพิ่มเมื่อมีแถวใดกรอก",
        examples=["รายงานผลต่อนายกเทศมนตรีทุกไตรมาส"],
    )
    budget: Annotated[Points, Use.OPTIONAL] = Field(
        default=(),
        title="งบประมาณ",
        description="รายการ เป็นคอลัมน์เพิ่มเมื่อมีแถวใดกรอก",
        examples=["ไม่ใช้งบประมาณ"],
    )
    draft: Draft = False


_POSITION = {"anyOf": [LINES | {"maxItems": 2}, LINE]}


class Signature(_Frozen):
    """One who signs; what is blank prints as a dotted line to fill by hand."""

    role: Line = Field(
        default="", title="บทบาท", description="พิมพ์หลังเส้นลงชื่อ", examples=["ผู้จัดทำรายงาน"]
    )
    name: Line = Field(
        default="",
        title="ชื่อผู้ลงนาม",
        description="พิมพ์คำนำหน้าชื่อด้วย หากเว้นว่าง จะพิมพ์เป็นเส้นประ",
        examples=["นางสาวใจดี รักงาน"],
    )
    position: Annotated[Points, Field(max_length=2), WithJsonSchema(_POSITION)] = Field(
        default=(),
        title="ตำแหน่ง",
        description="หนึ่งหรือสองบรรทัด เช่น รองปลัดเทศบาล รักษาราชการแทน แล้วจึง ปลัดเทศบาลตำบล…",
        examples=["ปลัดเทศบาลตำบลควนเสาธง"],
    )
    date: Date | None = Field(
        default=None,
        title="วันที่ลงนาม",
        description="หากเว้นว่าง จะพิมพ์เป็นเส้นประ",
        examples=["1 ธันวาคม 2568"],
    )


class Serves(_Frozen):
    """The item of the assessment that the report is handed in for; the cover prints it."""

    year: FiscalYear | None = Field(
        default=None,
        title="ปีของการประเมินที่ใช้รายงานนี้",
        description="ไม่กรอกคือปีถัดจากปีของผล",
        examples=[2569],
    )
    item: ItemOrNone = Field(
        title="ข้อที่รายงานนี้ใช้ตอบ",
        description="รหัสข้อของการประเมินปีนั้น พิมพ์บนปก หรือ none เมื่อไม่ให้ปกพิมพ์",
        examples=["o25"],
    )


def _served(value: Any) -> Any:
    return {"item": value} if isinstance(value, str) else value


def _or_a_word(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"enum": [NO_ITEM]})


class Report(_Frozen):
    """One agency's report: the root of the data."""

    fiscal_year: FiscalYear = Field(
        title="ปีงบประมาณ",
        description="ปี พ.ศ. ของผลการประเมิน แผนเป็นของปีถัดไป",
        examples=[2568],
    )
    agency: Agency = Field(title="หน่วยงาน", description="หน่วยงานที่รายงาน")
    result: Result = Field(
        title="ผลการประเมิน", description="ตามที่ประกาศ โปรแกรมตรวจทานแต่ไม่แก้คะแนนทางการ"
    )
    scores: tuple[QuestionScore, ...] = Field(
        title="คะแนนรายข้อ", description="แถวละหนึ่งข้อ ครบทุกข้อของปี"
    )
    remarks: tuple[Remark, ...] = Field(
        default=(),
        title="ข้อวิเคราะห์",
        description="ต้องมีทุกข้อที่ต่ำกว่าเกณฑ์รักษาระดับ ข้อที่ถึงเกณฑ์และไม่มีจะพิมพ์ รักษาระดับ",
    )
    issues: tuple[IssueItems, ...] = Field(
        default=(),
        title="การจัดข้อเข้าประเด็น",
        description="เฉพาะประเด็นที่หน่วยงานจัดต่างจากของปี",
    )
    plan: Annotated[tuple[PlanRow, ...], Use.NEEDED] = Field(
        default=(), title="แผนการดำเนินการ", description="แถวของแผน ประเด็นละหนึ่งแถวหรือมากกว่า"
    )
    signatures: tuple[Signature, ...] = Field(
        min_length=1, max_length=5, title="ผู้ลงนาม", description="หนึ่งถึงห้าคน"
    )
    graph: Annotated[Line | None, Use.UNPRINTED] = Field(
        default=None,
        title="ภาพกราฟ",
        description="ชื่อไฟล์ PNG หรือ JPEG ในโฟลเดอร์เดียวกับไฟล์ข้อมูล ใช้แทนกราฟที่โปรแกรมสร้าง",
        examples=["กราฟ.png"],
    )

    serves: Annotated[Serves | None, BeforeValidator(_served)] = Field(
        default=None,
        title="การประเมินที่ใช้รายงานนี้",
        description="ถ้าทราบ เขียน {year: 2569, item: o25} หรือ o25 ปกจะพิมพ์ข้อนั้น หรือ none เมื่อไม่ให้พิมพ์",
        json_schema_extra=_or_a_word,
    )

    principles: Text | None = Field(
        default=None,
        title="หลักการและเหตุผล",
        description="พิมพ์ก่อนผลการประเมิน แต่ละบรรทัดเป็นหนึ่งย่อหน้า",
        examples=["สำนักงาน ป.ป.ช. กำหนดให้หน่วยงานวิเคราะห์ผลการประเมิน…"],
    )
    follow_up: Text | None = Field(
        default=None,
        title="การกำกับติดตามของทั้งแผน",
        description="พิมพ์ใต้ตารางแผน เมื่อไม่ได้แยกเป็นรายแถว",
        examples=["ให้ผู้รับผิดชอบรายงานผลรอบ 6 เดือน และรอบ 12 เดือน"],
    )
    summary: Text | None = Field(
        default=None,
        title="สรุปท้ายรายงาน",
        description="พิมพ์หลังแผน แต่ละบรรทัดเป็นหนึ่งย่อหน้า",
        examples=["หน่วยงานจะนำแผนนี้ไปดำเนินการ…"],
    )
    appendices: Points = Field(
        default=(),
        title="ภาคผนวก",
        description="รายการชื่อเอกสารแนบ พิมพ์ท้ายรายงาน",
        examples=[["ภาพหน้าเว็บไซต์", "คำสั่งแต่งตั้งคณะทำงาน"]],
    )
    correspondence: Annotated[Printing, Kind.WORD, one_of(Printing)] | None = Field(
        default=None,
        title="หน้าความสอดคล้องท้ายรายงาน",
        description="พิมพ์ หรือ ไม่พิมพ์ (ไม่กรอกคือพิมพ์เมื่อข้อวิเคราะห์ชี้ไปที่มาตรการ)",
        examples=["พิมพ์"],
    )

    @property
    def plan_year(self) -> int:
        """The fiscal year of the plan, the next after the result's; Buddhist."""
        return self.fiscal_year + 1

    @property
    def has_drafts(self) -> bool:
        """Whether a draft of the program waits to be confirmed; the report is then one itself."""
        return any(row.draft for row in self.remarks) or any(row.draft for row in self.plan)

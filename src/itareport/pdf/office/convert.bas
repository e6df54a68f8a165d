' The conversion that runs inside LibreOffice: every line of list.txt, one after the other.
'
' A line holds, separated by tabs: number, source URL, target URL, "thai" or "" (page numbers),
' and the charts' alternative texts: title,description;title,description with each text as
' decimal UTF-16 units separated by spaces, so that no locale can spoil it.
' result.txt gets "start", then a line for each file as it is done, then "end".  A mistake in
' Basic ends the macro without a word: a missing line is how the caller notices.
'
' As long as the file "stay" is there, LibreOffice stays, and takes each job.txt, a list as well, that
' is renamed into its folder.

Option Explicit

Const NEVER_EXECUTE = 0      ' com.sun.star.document.MacroExecMode
Const NO_UPDATE = 0          ' com.sun.star.document.UpdateDocMode
Const NATIVE_NUMBERING = 12  ' com.sun.star.style.NumberingType
Const LINE_BREAK = 1         ' com.sun.star.text.ControlCharacter
Const PDF_A_2B = 2
Const SHORT_WAIT = 10        ' milliseconds between two looks for a job, while a person types
Const LONG_WAIT = 150        ' the same after a while of nothing: to look often costs the machine
Const LAYING = 5             ' milliseconds between two looks at pages that are laid anew
Const LOOKS = 400            ' looks after which there is nothing more to see: two seconds
Const MOST_TAKEN = 8         ' lines that a gap may have which does not hold what follows
Const QUIET = 500            ' looks of nothing after which the looks become rare
Const CHART_CLASS = "12DCAE26-281F-416F-A234-C3086127382E"

Sub Main()
  Dim folder As String, idle As Integer
  folder = CreateUnoService("com.sun.star.util.PathSubstitution").getSubstituteVariableValue("$(user)")
  Report(folder, "start")
  WorkThrough(folder, folder & "/list.txt")
  idle = 0
  Do While FileExists(folder & "/stay")
    If FileExists(folder & "/job.txt") Then
      Name folder & "/job.txt" As folder & "/taken.txt"
      WorkThrough(folder, folder & "/taken.txt")
      Kill folder & "/taken.txt"
      idle = 0
    ElseIf idle < QUIET Then
      Wait SHORT_WAIT
      idle = idle + 1
    Else
      Wait LONG_WAIT
    End If
  Loop
  Report(folder, "end")
End Sub

Sub WorkThrough(folder As String, file As String)
  Dim entry As String, fields, list As Integer
  list = FreeFile
  Open file For Input As #list
  Do While Not Eof(list)
    Line Input #list, entry
    fields = Split(entry, Chr(9))
    If UBound(fields) = 4 Then Report(folder, fields(0) & Chr(9) & Converted(fields))
  Loop
  Close #list
End Sub

Function Converted(fields) As String
  Dim document As Object, frame As Object
  On Error GoTo Failed
  frame = FrameWithoutTools()
  document = frame.loadComponentFromURL(fields(1), "_self", 0, Array( _
    Setting("FilterName", "MS Word 2007 XML"), Setting("Hidden", True), _
    Setting("MacroExecutionMode", NEVER_EXECUTE), Setting("UpdateDocMode", NO_UPDATE)))
  If IsNull(document) Then
    frame.close(True) ' an open one would keep LibreOffice from ending
    Converted = "error" & Chr(9) & "not loaded"
    Exit Function
  End If
  document.lockControllers() ' else each setting lays all pages again: a tenth of the time
  SetLanguages(document)
  If fields(3) = "thai" Then NumberPagesInThai(document)
  DescribeCharts(document, fields(4))
  document.unlockControllers()
  LayAllPages(document)
  PartRowsWell(document)
  LeaveNothingAlone(document)
  LayLastRowsAgain(document)
  document.storeToURL(fields(2), Array( _
    Setting("FilterName", "writer_pdf_Export"), Setting("FilterData", ExportOptions())))
  document.close(True)
  Converted = "ok"
  Exit Function
Failed:
  Converted = "error" & Chr(9) & "line " & Erl & ": " & Join(Split(Error$, Chr(10)), " ")
  On Error Resume Next
  document.close(True)
End Function

' A frame without menus, tool bars and side bar: to make and update them for each document, though
' nobody sees them, costs LibreOffice a tenth of its time.
Function FrameWithoutTools()
  Dim frame
  frame = CreateUnoService("com.sun.star.frame.TaskCreator").createInstanceWithArguments(Array( _
    Named("ParentFrame", StarDesktop), Named("MakeVisible", False), Named("CreateTopWindow", True)))
  frame.LayoutManager = Nothing
  FrameWithoutTools = frame
End Function

Function ExportOptions()
  ExportOptions = CreateUnoValue("[]com.sun.star.beans.PropertyValue", Array( _
    Setting("SelectPdfVersion", PDF_A_2B), Setting("PDFUACompliance", True), _
    Setting("DisplayPDFDocumentTitle", True)))
End Function

' The document speaks Thai, which the PDF states; the copy's styles call Latin letters English.
' Without the last line LibreOffice opens the gap between scripts inside item codes: "i ๑".
Sub SetLanguages(document)
  Dim defaults
  defaults = document.createInstance("com.sun.star.text.Defaults")
  defaults.CharLocale = Locale("th", "TH")
  defaults.ParaIsCharacterDistance = False
End Sub

' LibreOffice reads Word's thaiNumbers as western; its own native numbering follows the locale.
Sub NumberPagesInThai(document)
  Dim styles, fields, field, i As Integer
  styles = document.StyleFamilies.getByName("PageStyles")
  For i = 0 To styles.Count - 1
    styles.getByIndex(i).NumberingType = NATIVE_NUMBERING
  Next
  fields = document.TextFields.createEnumeration()
  Do While fields.hasMoreElements()
    field = fields.nextElement()
    If field.supportsService("com.sun.star.text.TextField.PageNumber") Then
      field.Anchor.CharLocale = Locale("th", "TH")
      field.Anchor.CharLocaleComplex = Locale("th", "TH")
    End If
  Loop
End Sub

' LibreOffice drops the alternative text of a chart as it reads a .docx.
Sub DescribeCharts(document, texts As String)
  Dim objects, alternatives, one, i As Integer, n As Integer
  If texts = "" Then Exit Sub
  objects = document.EmbeddedObjects
  alternatives = Split(texts, ";")
  n = 0
  For i = 0 To objects.Count - 1
    If UCase(objects.getByIndex(i).CLSID) = CHART_CLASS And n <= UBound(alternatives) Then
      one = Split(alternatives(n), ",")
      objects.getByIndex(i).Title = Decoded(one(0))
      objects.getByIndex(i).Description = Decoded(one(1))
      n = n + 1
    End If
  Next
End Sub

' To ask how many pages would be printed lays all of them, and moves no cursor.  LibreOffice lays them
' by and by else: what is looked at now and then has not its place yet.
Sub LayAllPages(document)
  document.getRendererCount(document, Array(Setting("IsPrinter", False)))
End Sub

' A row may go on over the page, but not with one line alone: LibreOffice ignores widows and orphans
' inside a row.  Rows are looked at from above, so that what is above them has its place already.
Sub PartRowsWell(document)
  Dim cursor, table, i As Integer, row As Integer
  cursor = document.CurrentController.ViewCursor
  For i = 0 To document.TextTables.Count - 1
    table = document.TextTables.getByIndex(i)
    For row = 1 To table.Rows.Count - 1
      If table.Rows.getByIndex(row).IsSplitAllowed Then PartWell(cursor, table, row)
    Next
  Next
End Sub

' Paragraphs that follow a table get its last lines onto a page that they would have for themselves.
Sub LeaveNothingAlone(document)
  Dim parts, part, table, follows As Boolean
  parts = document.Text.createEnumeration()
  Do While parts.hasMoreElements()
    part = parts.nextElement()
    If part.supportsService("com.sun.star.text.TextTable") Then
      table = part
      follows = True
    ElseIf follows Then
      follows = IsEmpty(part.PageDescName) ' else the paper turns, or another part begins
      If follows Then TakeLinesAlong(document.CurrentController.ViewCursor, table, part)
    End If
  Loop
End Sub

Sub TakeLinesAlong(cursor, table, part)
  Dim cell, place, row As Integer, page As Integer, lines As Integer
  On Error GoTo NoSuchCell
  row = table.Rows.Count - 1
  If row = 0 Or Not table.Rows.getByIndex(row).IsSplitAllowed Then Exit Sub
  page = PageOf(cursor, part.Start)
  cell = table.getCellByPosition(LowestColumn(cursor, table, row), row)
  If PageOf(cursor, cell.End) <> page - 1 Or Not HasFourLines(cursor, cell, page - 1) Then Exit Sub
  place = PlaceBeforeLastLines(cursor, cell)
  For lines = 1 To MOST_TAKEN
    PushFrom(cursor, cell, place)
    If PageOf(cursor, cell.End) = page Then
      If HasTwoLines(cursor, table, row, page, False) Then Exit Sub
    End If
  Next
NoSuchCell:
End Sub

' Whether four lines of a cell are on a page at its end: two to stay and two to go.
Function HasFourLines(cursor, cell, page As Integer) As Boolean
  Dim first As Integer, height As Long, line As Integer
  first = PageOf(cursor, cell.Start)
  height = cursor.Position.Y
  cursor.gotoRange(cell.End, False)
  HasFourLines = False
  For line = 1 To 3
    If cursor.Page <> page Or (first = page And cursor.Position.Y = height) Then Exit Function
    LeaveLine(cursor, False)
  Next
  HasFourLines = cursor.Page = page
End Function

' Merged cells stay a row too short where the last row of a table was first on the next page and then
' came back; a least height, however small, has LibreOffice look again.
Sub LayLastRowsAgain(document)
  Dim rows, i As Integer
  document.CurrentController.ViewCursor.gotoEnd(False)
  For i = 0 To document.TextTables.Count - 1
    rows = document.TextTables.getByIndex(i).Rows
    rows.getByIndex(rows.Count - 1).Height = 1
  Next
End Sub

Sub PartWell(cursor, table, row As Integer)
  Dim first As Integer, last As Integer, longest As Integer, tries As Integer
  On Error GoTo NoSuchCell ' of a table whose cells are no grid
  For tries = 1 To 4 ' what mends one side of the split may spoil the other
    first = PageOf(cursor, table.getCellByPosition(1, row).Start)
    If row < table.Rows.Count - 1 Then
      If PageOf(cursor, table.getCellByPosition(1, row + 1).Start) = first Then Exit Sub
    End If
    longest = LowestColumn(cursor, table, row)
    last = PageOf(cursor, table.getCellByPosition(longest, row).End)
    If last = first Then Exit Sub
    If Not HasTwoLines(cursor, table, row, first, True) Then
      If row = 1 Then Exit Sub
      HeightenByLine(table.getCellByPosition(LowestColumn(cursor, table, row - 1), row - 1))
      AwaitNextPage(cursor, table, row, first)
    ElseIf Not HasTwoLines(cursor, table, row, last, False) Then
      PushLineBeforeLast(cursor, table.getCellByPosition(longest, row))
      AwaitTwoLines(cursor, table, row, last)
    Else
      Exit Sub
    End If
  Next
  Exit Sub
NoSuchCell:
End Sub

' The column whose text ends lowest in a row, on the last of its pages.
Function LowestColumn(cursor, table, row As Integer) As Integer
  Dim column As Integer, page As Integer, height As Long
  For column = 0 To table.Columns.Count - 1
    cursor.gotoRange(table.getCellByPosition(column, row).End, False)
    If cursor.Page > page Or (cursor.Page = page And cursor.Position.Y > height) Then
      page = cursor.Page
      height = cursor.Position.Y
      LowestColumn = column
    End If
  Next
End Function

' Give a cell an empty line at its end: the line of the next row that stood below it at the foot of
' the page goes to the next page, where its row begins then.  A row kept whole might be cut off there.
Sub HeightenByLine(cell)
  cell.insertControlCharacter(cell.End, LINE_BREAK, False)
End Sub

' LibreOffice lays the pages anew by and by, while the macro waits; a look too early sees the old
' ones, and the same would be mended twice.
Sub AwaitNextPage(cursor, table, row As Integer, first As Integer)
  Dim look As Integer
  For look = 1 To LOOKS
    If PageOf(cursor, table.getCellByPosition(1, row).Start) <> first Then Exit Sub
    Wait LAYING
  Next
End Sub

Sub AwaitTwoLines(cursor, table, row As Integer, last As Integer)
  Dim look As Integer
  For look = 1 To LOOKS
    If HasTwoLines(cursor, table, row, last, False) Then Exit Sub
    Wait LAYING
  Next
End Sub

Function PageOf(cursor, place) As Integer
  cursor.gotoRange(place, False)
  PageOf = cursor.Page
End Function

' Whether a column has two lines of the row on its first page, or on its last.
Function HasTwoLines(cursor, table, row As Integer, page As Integer, atStart As Boolean) As Boolean
  Dim cell, column As Integer, height As Long, other As Integer
  HasTwoLines = True
  For column = 0 To table.Columns.Count - 1
    cell = table.getCellByPosition(column, row)
    If atStart Then
      other = PageOf(cursor, cell.End)
      height = cursor.Position.Y
      cursor.gotoRange(cell.Start, False)
    Else
      other = PageOf(cursor, cell.Start)
      height = cursor.Position.Y
      cursor.gotoRange(cell.End, False)
    End If
    If cursor.Page = page And (other <> page Or cursor.Position.Y <> height) Then
      LeaveLine(cursor, atStart)
      If cursor.Page = page Then Exit Function
    End If
  Next
  HasTwoLines = False
End Function

' Go to the next line or to the one before; a hidden letter at its edge is a step of its own.
Sub LeaveLine(cursor, forwards As Boolean)
  Dim height As Long, page As Integer, steps As Integer
  height = cursor.Position.Y
  page = cursor.Page
  If forwards Then cursor.gotoEndOfLine(False) Else cursor.gotoStartOfLine(False)
  For steps = 1 To 4
    If forwards Then cursor.goRight(1, False) Else cursor.goLeft(1, False)
    If cursor.Page <> page Or cursor.Position.Y <> height Then Exit Sub
  Next
End Sub

' Give the last page of a cell the line before it, too: its place at the foot of the page stays empty.
Sub PushLineBeforeLast(cursor, cell)
  Dim place
  place = PlaceBeforeLastLines(cursor, cell)
  If Not IsNull(place) Then cell.insertControlCharacter(place, LINE_BREAK, False)
End Sub

' The place where each break is an empty line above the last two lines of a cell.
Function PlaceBeforeLastLines(cursor, cell)
  Dim place
  PlaceBeforeLastLines = Nothing
  cursor.gotoRange(cell.End, False)
  LeaveLine(cursor, False)
  cursor.gotoStartOfLine(False)
  place = cell.createTextCursorByRange(cursor.Start)
  If place.isStartOfParagraph() Then
    If Not place.goLeft(1, False) Then Exit Function
  Else
    cell.insertControlCharacter(place, LINE_BREAK, False)
  End If
  PlaceBeforeLastLines = place
End Function

' Push the last lines of a cell down by one, and wait until they have moved.
Sub PushFrom(cursor, cell, place)
  Dim page As Integer, height As Long, look As Integer
  page = PageOf(cursor, cell.End)
  height = cursor.Position.Y
  cell.insertControlCharacter(place, LINE_BREAK, False)
  For look = 1 To LOOKS
    If PageOf(cursor, cell.End) <> page Or cursor.Position.Y <> height Then Exit Sub
    Wait LAYING
  Next
End Sub

Function Decoded(units As String) As String
  Dim unit, text As String
  If units <> "" Then
    For Each unit In Split(units, " ")
      text = text & Chr(CLng(unit))
    Next
  End If
  Decoded = text
End Function

Function Locale(language As String, country As String) As com.sun.star.lang.Locale
  Dim one As New com.sun.star.lang.Locale
  one.Language = language
  one.Country = country
  Locale = one
End Function

Function Setting(name As String, value) As com.sun.star.beans.PropertyValue
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = value
  Setting = one
End Function

Function Named(name As String, value) As com.sun.star.beans.NamedValue
  Dim one As New com.sun.star.beans.NamedValue
  one.Name = name
  one.Value = value
  Named = one
End Function

Sub Report(folder As String, text As String)
  Dim file As Integer
  file = FreeFile
  Open folder & "/result.txt" For Append As #file
  Print #file, text
  Close #file
End Sub

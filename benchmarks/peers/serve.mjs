// Fills a .docx with one of npm's peers; benchmarks/render.py starts it and asks by lines.
// Arguments: PEER TEMPLATE DATA.json, where the data is a list of reports.
// "make I FILE" writes report I, "time N" tells the CPU seconds of N reports, in turn.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const load = createRequire(`${process.cwd()}/`);
const [peer, template, data] = process.argv.slice(2);
const bytes = readFileSync(template);
const reports = JSON.parse(readFileSync(data, "utf8"));

function filler() {
  if (peer === "easy-template-x") {
    const { TemplateHandler } = load(peer);
    const handler = new TemplateHandler();
    return (report) => handler.process(bytes, report);
  }
  const PizZip = load("pizzip");
  const Docxtemplater = load(peer);
  return (report) => {
    const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true });
    document.render(report);
    return document.toBuffer();
  };
}

const fill = filler();
for await (const line of createInterface({ input: process.stdin })) {
  const [command, number, file] = line.split(" ");
  if (command === "make") {
    writeFileSync(file, await fill(reports[Number(number)]));
    console.log("made");
    continue;
  }
  const before = process.cpuUsage();
  for (let i = 0; i < Number(number); i += 1) await fill(reports[i % reports.length]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}

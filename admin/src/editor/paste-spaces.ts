// No-break spaces: programs put them where a space was typed twice; a newsroom wants them before a percent sign, the
// French marks and units, and nowhere else.

const UNITS =
  "%|‰|°C|°F|°|km/h|km²|km|m²|m³|cm|mm|m|kg|mg|g|t|l|ml|ha|kW|MW|GW|TW|kWh|MWh|GWh|TWh|Hz|kHz|MHz|GHz|KB|MB|GB|TB|h|min|s|Uhr|Mio\\.?|Mrd\\.?|million|billion|trillion|bn|Millionen|Milliarden|Prozent|per cent|percent|Euro|euros?|Dollar|dollars?|Pfund|pounds?|p|pm|am|p\\.m\\.|a\\.m\\.|mph";
const KEPT = new RegExp(`\\u00a0(?=[%‰:;!?»€£$¥])|(?<=«)\\u00a0|(?<=\\d)\\u00a0(?=(?:${UNITS})(?![\\p{L}\\p{N}]))|(?<=\\d)\\u00a0(?=\\d{3}(?!\\d))|(?<=[§€£$])\\u00a0(?=\\d)`, "gu");
const STAND_IN = "\ue000";

export function foldSpaces(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.parentElement?.closest("pre")) continue;
    const folded = fold(node.data);
    if (folded !== node.data) node.data = folded;
  }
}

function fold(text: string): string {
  return text
    .replace(/[\u00ad\u200b\ufeff]/g, "")
    .replace(KEPT, STAND_IN)
    .replace(/[\s\u00a0]+/g, " ")
    .replaceAll(STAND_IN, "\u00a0");
}

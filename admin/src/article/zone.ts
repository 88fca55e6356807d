// Days and hours as the magazine's zone counts them. A browser knows the zones' rules; this turns them around.

function partsIn(at: number, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** "2026-11-28", as date fields hold it. */
export function dayIn(at: number, zone: string): string {
  const { year, month, day } = partsIn(at, zone);
  return `${year}-${month}-${day}`;
}

/** "09:05", as time fields hold it. */
export function clockIn(at: number, zone: string): string {
  const { hour, minute } = partsIn(at, zone);
  return `${hour}:${minute}`;
}

/**
 * The moment of a day and an hour in a zone; null where they are not filled in. An hour that the change to summer time
 * leaves out is read as the one after it, an hour that comes twice as its first coming.
 */
export function momentIn(day: string, clock: string, zone: string): number | null {
  const read = Date.parse(`${day}T${clock}:00Z`);
  if (Number.isNaN(read)) return null;
  const before = read - offsetAt(read - 86_400_000, zone);
  const after = read - offsetAt(read + 86_400_000, zone);
  const fits = [before, after].filter((at) => at + offsetAt(at, zone) === read);
  return fits.length > 0 ? Math.min(...fits) : Math.max(before, after);
}

/** How far the zone's clock is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(at, zone);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - Math.floor(at / 1000) * 1000;
}

/** How sure the desk is of a speaker, in a word. */
export type Sureness = "certain" | "likely" | "doubtful" | "guess";

export function sureness(confidence: number): Sureness {
  if (confidence >= 0.9) return "certain";
  if (confidence >= 0.7) return "likely";
  if (confidence >= 0.4) return "doubtful";
  return "guess";
}

// The text that is pasted: a page as it was published elsewhere, in which seven quotation marks are lost. The page
// itself comes with the reference; without it one of our own stands in that has the same faults.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

const PAGE = "seed/000_382f563c0c54cd26.txt";

/** The headline and the paragraphs, what the text is called in the report, and a name to be corrected. */
export async function story() {
  const folder = process.env.MASTHEAD_REFERENCE;
  if (!folder) return { ...OWN, called: "a text of our own" };
  const lines = (await readFile(join(folder, PAGE), "utf8")).split("\n").map((line) => line.trim()).filter(Boolean);
  const headline = lines[1];
  const begin = lines.findIndex((line) => line.startsWith("Image ")) + 1;
  const end = lines.findIndex((line) => line.startsWith("Follow for more"));
  return { called: "the reference page", headline, text: lines.slice(begin, end).join("\n\n"), wrong: "Zelensky", right: "Zelenskyy" };
}

const OWN = {
  headline: "Harbour towns argue over who pays for the new breakwater",
  wrong: "Penhallow",
  right: "Penhalow",
  text: `The three towns of the bay cannot agree on the bill for the breakwater, the harbour master Ada Penhallow said on Monday, a week before the money has to be found.

“Nobody can moor here in a south-westerly,” Penhallow told the council, and asked for a decision before the autumn.

Who Gains

The surveyor Tom Orchard put the case of the upper town in a letter that was read aloud: “The lower quay takes the sea first, and the lower quay should pay first.

The hall was full. “It is not a matter of receipts,” Orchard said. The chair asked for quiet twice.

We have paid for every stone since the flood, and we have the receipts to show it,” the fisherman Jan Brask answered from the gallery.

A Letter from Abroad

German Chancellor Olaf Scholz sent a message to the meeting that spoke of “a sea that joins what maps divide. The clerk read it to the end.

There was no answer from the platform for a while.

The bay belongs to all of us, and so does the bill,” the schoolteacher Ruth Calder said afterwards, to applause from both sides.

What It Costs

The estimate has doubled since the spring, which the engineer Paul Wray explained with the price of granite. I warned the council of that in writing, and I did it twice,” he told the meeting.

We should spend less time counting and more time building,” said the baker Mary Lowe, who has seen three plans come and go.

He is a friend of mine, and he is wrong,” Brask said of the surveyor when the meeting was over.

The council votes on Thursday. Until then the boats lie in the river, where they have always lain in bad weather.`,
};

// English: one chunk of its own.
export default import.meta.glob<Record<string, string>>("./en/*.json", { eager: true, import: "default" });

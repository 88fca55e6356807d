/**
 * Keeps a word on the screen from flickering. "Saving" comes only when saving takes a moment, and goes only when
 * nothing has come after it for a while, so that steady typing does not blink between the two.
 */
export function steady<T>(show: (value: T) => void, waits: (value: T) => number): { set(value: T): void; stop(): void } {
  let shown: T | undefined;
  let coming: T | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    stop,
    set(value) {
      if (timer !== undefined && value === coming) return;
      stop();
      if (value === shown) return;
      coming = value;
      const now = () => {
        timer = undefined;
        shown = value;
        show(value);
      };
      const wait = shown === undefined ? 0 : waits(value);
      if (wait === 0) now();
      else timer = setTimeout(now, wait);
    },
  };
}

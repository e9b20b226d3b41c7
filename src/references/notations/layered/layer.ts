/** What a literal says, with the place in the outer text of every UTF-16 unit of it. */
export interface Layer {
  readonly text: string;
  /** Where the writing of each unit begins and ends. Between two of them stands what says nothing: continued lines. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Gathers a layer unit by unit. */
export function layerBuilder(): {
  /** What one escape says, or one letter. */
  add(text: string, start: number, end: number): void;
  /** Text that stands for itself. */
  copy(text: string, start: number): void;
  build(): Layer;
} {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  return {
    add(text, start, end) {
      parts.push(text);
      for (let unit = 0; unit < text.length; unit += 1) {
        starts.push(start);
        ends.push(end);
      }
    },
    copy(text, start) {
      parts.push(text);
      for (let unit = 0; unit < text.length; unit += 1) {
        starts.push(start + unit);
        ends.push(start + unit + 1);
      }
    },
    build: () => ({ text: parts.join(''), starts, ends }),
  };
}

/** A range of the outer text that writes a range of the layer; undefined for an empty one, which is written nowhere. */
export function outward(
  layer: Layer,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const from = layer.starts[start];
  const to = layer.ends[end - 1];
  return from === undefined || to === undefined || from >= to ? undefined : { start: from, end: to };
}

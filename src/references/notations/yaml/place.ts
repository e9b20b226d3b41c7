import { type Layer, layerBuilder, outward } from '../layered/layer';
import { singleDollars, writeForm, type YamlForm } from './form';
import { blockIndent, layerOf } from './scalarLayer';
import type { YamlScalar } from './tree';

/** Where a value or a part of one stands, and how it is written there. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly form: string;
}

/** A scalar with the text around it. */
export interface Placed {
  readonly scalar: YamlScalar;
  readonly text: string;
}

/** The place of a whole scalar. */
export function placeOf(
  { scalar, text }: Placed,
  form: Omit<YamlForm, 'flow' | 'part' | 'indent' | 'inner'> = {},
): Place {
  return {
    start: scalar.start,
    end: scalar.end,
    form: writeForm({ flow: scalar.flow, ...indentOf(scalar, text), ...form }),
  };
}

/** The place of a part of the value of a scalar; undefined where the raw text does not show it. */
export function partOf(
  { scalar, text }: Placed,
  from: number,
  to: number,
  form: Omit<YamlForm, 'flow' | 'part' | 'indent'> = {},
): Place | undefined {
  const layer = layerOf(scalar, text);
  return layer === undefined ? undefined : partOfLayer({ scalar, text }, layer, from, to, form);
}

/** The same for a layer that was already read, or made of one. */
export function partOfLayer(
  { scalar, text }: Placed,
  layer: Layer,
  from: number,
  to: number,
  form: Omit<YamlForm, 'flow' | 'part' | 'indent'>,
): Place | undefined {
  const range = outward(layer, from, to);
  if (range === undefined) return undefined;
  return {
    ...range,
    form: writeForm({ flow: scalar.flow, part: scalar.style, ...indentOf(scalar, text), ...form }),
  };
}

function indentOf({ style, value, start, end }: YamlScalar, text: string): { readonly indent?: number } {
  return style === 'literal' || style === 'folded'
    ? { indent: blockIndent(text.slice(start, end), value ?? '') }
    : {};
}

/** A layer in which every `$$` is the `$` that it stands for. */
export function withSingleDollars(layer: Layer): Layer {
  if (singleDollars(layer.text) === layer.text) return layer;
  const built = layerBuilder();
  for (let at = 0; at < layer.text.length; ) {
    const length = layer.text.startsWith('$$', at) ? 2 : 1;
    built.add(layer.text.charAt(at), layer.starts[at] ?? 0, layer.ends[at + length - 1] ?? 0);
    at += length;
  }
  return built.build();
}

import { describe, expect, it } from 'vitest';
import { filesOf, textOf } from '../check-documents/repository.js';

const SHIPPED = filesOf().filter((file) => /^(apps|libs)\/[^/]+\/src\/.+(?<!spec)[.]ts$/.test(file));
const OURS = SHIPPED.filter((file) => !/^libs\/harness\/|\/testing\//.test(file));

/** A pattern that is made while the program runs, and strings that are taken for one. */
const MADE = /\bRegExp\(|\.(?:match|matchAll|search)\((?![/A-Z)])/;
/** A repetition of a repetition, which takes exponential time on texts that almost fit. */
const NESTED = /\([^()]*[+*]\)[+*]/;
const LITERAL = /(?<=[(=,:?&|!]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/[dgimsuvy]*/g;

describe('Regular expressions', () => {
  it('are literals of ours: no text of a client ever becomes one', () => {
    expect(OURS.length).toBeGreaterThan(200);
    expect(OURS.filter((file) => MADE.test(textOf(file)))).toEqual([]);
  });

  it('repeat no repetition', () => {
    const literals = OURS.flatMap((file) => textOf(file).match(LITERAL) ?? []);
    expect(literals.length).toBeGreaterThan(20);
    expect(literals.filter((literal) => NESTED.test(literal))).toEqual([]);
  });
});

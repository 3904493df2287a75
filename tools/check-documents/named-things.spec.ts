import { describe, expect, it } from 'vitest';
import { fileNamesIn, pathsIn, scriptsIn, sectionOf, typesIn, variablesIn } from './named-things.js';

const DOCUMENT = `# Title

See [the map](../ARCHITECTURE.md#decisions), [a site](https://nestjs.com), \`libs/contracts\` and \`judge.ts\`.
Run \`npm run deps:check\` with \`DATA_DIR\` set; \`SubmitEntry\` takes it.

## Decision

One.

\`\`\`sh
npm install && npm start
cd libs/nowhere
\`\`\`

## Rejected

Two.
`;

describe('what a document names', () => {
  it('is paths: targets of links beside the document, and code spans from the root', () => {
    expect(pathsIn('docs/page.md', DOCUMENT)).toEqual(['ARCHITECTURE.md', 'libs/contracts']);
  });

  it('is files by their name', () => {
    expect(fileNamesIn(DOCUMENT)).toEqual(['judge.ts']);
  });

  it('is scripts, in fenced blocks too', () => {
    expect(scriptsIn(DOCUMENT)).toEqual(['deps:check', 'start']);
  });

  it('is variables and types', () => {
    expect(variablesIn(DOCUMENT)).toEqual(['DATA_DIR']);
    expect(typesIn(DOCUMENT)).toEqual(['SubmitEntry']);
  });
});

describe('a section', () => {
  it('ends where the next one begins', () => {
    expect(sectionOf(DOCUMENT, 'Rejected')).toBe('\nTwo.\n');
    expect(sectionOf(DOCUMENT, 'Decision')).not.toContain('Two.');
  });

  it('is empty where the document has none of that title', () => {
    expect(sectionOf(DOCUMENT, 'Context')).toBe('');
  });
});

import { posix } from 'node:path';

/** Top-level folders: what begins with one of them in a code span is a path. */
const PATH = /^(apps|libs|clients|tools|docs|docker|[.]ci)\/[\w./-]+$/;
const FILE_NAME = /^[\w-]+([.][\w-]+)*[.]ts$/;
const NPM_SCRIPT = /\bnpm (?:run )?(start|test)\b|\bnpm run ([\w:-]+)/g;
const VARIABLE = /^(PORT|HOST|[A-Z]+(_[A-Z]+)+)$/;
const TYPE = /^[A-Z][a-z]+[A-Za-z]*$/;

/** What stands in single backticks outside fenced blocks. */
export function codeSpansIn(markdown: string): string[] {
  return Array.from(withoutFences(markdown).matchAll(/`([^`\n]+)`/g), ([, code]) => code);
}

/** The paths that a document names, relative to the root: targets of its links, and paths in code spans. */
export function pathsIn(document: string, markdown: string): string[] {
  const links = Array.from(withoutFences(markdown).matchAll(/\]\(([^)\s#]+)[^)]*\)/g), ([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(document), target));
  return [...links, ...codeSpansIn(markdown).filter((code) => PATH.test(code))];
}

/** Names of source files without their folder, in code spans. */
export function fileNamesIn(markdown: string): string[] {
  return codeSpansIn(markdown).filter((code) => FILE_NAME.test(code));
}

/** The scripts of package.json that a document tells people to run, in fenced blocks as well. */
export function scriptsIn(markdown: string): string[] {
  return Array.from(markdown.matchAll(NPM_SCRIPT), ([, short, name]) => short ?? name);
}

/** Environment variables in code spans. */
export function variablesIn(markdown: string): string[] {
  return codeSpansIn(markdown).filter((code) => VARIABLE.test(code));
}

/** Classes and types in code spans. */
export function typesIn(markdown: string): string[] {
  return codeSpansIn(markdown).filter((code) => TYPE.test(code));
}

/** The text of one second-level section, empty where there is none. */
export function sectionOf(markdown: string, title: string): string {
  const [, section = ''] = markdown.split(`\n## ${title}\n`);
  return section.split('\n## ')[0];
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```$/gm, '');
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFolder } from '../standalone/data-folder.js';
import { findPrograms, JARS, jarFolder, missingAmong, requirePrograms } from './engine-programs.js';

describe('the programs that the engines run on', () => {
  const lib = new DataFolder();
  afterAll(() => lib.remove());

  it('include the jars, each version in a folder of its own', () => {
    expect(findPrograms(lib.path)).toMatchObject({ kafka: null, cassandra: null });
    const folder = join(lib.path, `kafka-${JARS.kafka}`);
    mkdirSync(folder);
    expect(jarFolder(lib.path, 'kafka')).toBe(folder);
    expect(findPrograms(lib.path)).toMatchObject({ kafka: folder, cassandra: null });
  });

  it('are named where they are missing, with the command that installs them', () => {
    expect(() => requirePrograms(join(lib.path, 'empty'))).toThrow(
      new RegExp(`Kafka ${JARS.kafka}, Cassandra ${JARS.cassandra}\\. .*npm run engines:install`),
    );
  });

  it('are all there where none is null', () => {
    expect(missingAmong({ java: '/j', postgres: '/p', redis: '/r', kafka: '/k', cassandra: '/c' })).toEqual([]);
    expect(missingAmong({ java: null, postgres: '/p', redis: null, kafka: '/k', cassandra: '/c' })).toEqual([
      'Java 17',
      'Redis',
    ]);
  });
});

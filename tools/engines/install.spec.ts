import { JARS } from '@parley/harness';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagesFor } from './install.js';
import { pomOf } from './jars.js';

const PRESENT = { java: '/j', postgres: '/p', redis: '/r', kafka: '/k', cassandra: '/c' };

describe('the packages to install', () => {
  it('are none where nothing is missing, with or without Maven', () => {
    expect(packagesFor(PRESENT, null)).toEqual([]);
  });

  it('are those of what is missing alone', () => {
    expect(packagesFor({ ...PRESENT, redis: null }, '/mvn')).toEqual(['redis-server']);
    expect(packagesFor({ ...PRESENT, java: null, postgres: null }, '/mvn')).toEqual([
      'postgresql',
      'openjdk-17-jdk-headless',
    ]);
  });

  it('have Maven among them where jars are missing and it is not there', () => {
    expect(packagesFor({ ...PRESENT, kafka: null }, '/mvn')).toEqual([]);
    expect(packagesFor({ ...PRESENT, cassandra: null }, null)).toEqual(['maven']);
  });
});

describe('the pinned jars', () => {
  it.each(['kafka', 'cassandra'] as const)('of %s are of the version that their folder is named for', (engine) => {
    const pom = readFileSync(pomOf(engine), 'utf8');
    const artifact = new RegExp(`<groupId>org[.]apache[.]${engine}</groupId>[^]*?<version>(.+)</version>`);
    expect(artifact.exec(pom)?.[1]).toBe(JARS[engine]);
  });
});

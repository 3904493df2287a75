import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StructuredLogger } from './structured-logger.js';

describe('StructuredLogger', () => {
  let written: string[];

  beforeEach(() => {
    written = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    }
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  const lines = () => {
    vi.restoreAllMocks();
    return written.map((text) => JSON.parse(text) as Record<string, unknown>);
  };

  it('writes one JSON object a line', () => {
    new StructuredLogger('log').log('Parley is ready', 'Standalone');
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'log', message: 'Parley is ready', context: 'Standalone' }),
    ]);
    expect(written[0].trimEnd()).not.toContain('\n');
  });

  it('shows its level and what is more severe', () => {
    const logger = new StructuredLogger('warn');
    for (const level of ['debug', 'log', 'warn', 'error', 'fatal'] as const) logger[level](`of ${level}`, 'Here');
    expect(lines().map((line) => line.level)).toEqual(['warn', 'error', 'fatal']);
  });

  it('leaves out how Nest puts the app together, unless it is told to debug', () => {
    new StructuredLogger('log').log('ApiModule dependencies initialized', 'InstanceLoader');
    new StructuredLogger('debug').log('Mapped {/health/live, GET} route', 'RouterExplorer');
    expect(lines().map((line) => line.context)).toEqual(['RouterExplorer']);
  });
});

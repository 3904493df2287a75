import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiConfig, GatewayConfig, RouterWorkerConfig, StandaloneConfig } from './app-configs.js';
import type { SettingsClass } from './config-of.js';
import { variablesOf, type Variable } from './variable.js';

const ENV_EXAMPLE = join(import.meta.dirname, '../../../.env.example');
const APPS = {
  standalone: StandaloneConfig,
  gateway: GatewayConfig,
  'router-worker': RouterWorkerConfig,
  api: ApiConfig,
};

/** Variables with a default are shown with it, the others as a comment. */
function describeVariable(settings: SettingsClass, { name, about, example }: Variable): string {
  const value = (new settings() as Record<string, string | number | boolean | undefined>)[name];
  const assignment = value === undefined ? `# ${name}=${example ?? ''}` : `${name}=${value}`;
  return `# ${about}\n${assignment}`;
}

function describeSettings(settings: SettingsClass): string {
  const apps = Object.entries(APPS).filter(([, config]) => config.settings.includes(settings));
  const title = `## ${apps.map(([app]) => app).join(', ')}`;
  return [title, ...variablesOf(settings).map((variable) => describeVariable(settings, variable))].join('\n');
}

function envExample(): string {
  const settings = new Set(Object.values(APPS).flatMap((config) => config.settings));
  const head = '# Every variable that an app reads from its environment, with its default; the titles name the apps.';
  return `${[head, ...[...settings].map(describeSettings)].join('\n\n')}\n`;
}

describe('.env.example', () => {
  // After a change of the settings classes: npx vitest run libs/config --update
  it('explains exactly the variables of the settings classes, with their defaults', async () => {
    await expect(envExample()).toMatchFileSnapshot(ENV_EXAMPLE);
  });

  it('has no variable that two settings classes declare', () => {
    const settings = new Set(Object.values(APPS).flatMap((config) => config.settings));
    const names = [...settings].flatMap((one) => variablesOf(one).map((variable) => variable.name));
    expect(names).toEqual([...new Set(names)]);
  });
});

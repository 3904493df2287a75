import { describe, expect, it } from 'vitest';
import { StandaloneConfig } from './app-configs.js';
import { AllowedOrigins } from './allowed-origins.js';
import { loadConfig } from './load-config.js';

const host = 'chat.example.com';

describe('AllowedOrigins', () => {
  it('lets in what is no web page, and pages of the server itself, behind TLS or not', () => {
    const origins = new AllowedOrigins();
    expect(origins.allows({ host })).toBe(true);
    for (const origin of ['https://chat.example.com', 'http://chat.example.com', 'HTTPS://Chat.Example.com'])
      expect(origins.allows({ origin, host })).toBe(true);
    expect(origins.allows({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(true);
  });

  it.each([
    'https://example.com',
    'https://chat.example.com.evil.test',
    'https://chat.example.com:8443',
    'https://evil.test/https://chat.example.com',
    'ftp://chat.example.com',
    'https://chat.example.com, https://chat.example.com',
    'null',
    '',
    '*',
  ])('keeps out %j, which is somebody else', (origin) => {
    expect(new AllowedOrigins().allows({ origin, host })).toBe(false);
    expect(new AllowedOrigins(['https://app.example.com']).allows({ origin, host })).toBe(false);
  });

  it('lets in the pages that are listed, and with * all of them', () => {
    const listed = new AllowedOrigins(['https://App.example.com', 'capacitor://localhost']);
    expect(listed.allows({ origin: 'https://app.example.com', host })).toBe(true);
    expect(listed.allows({ origin: 'capacitor://localhost', host })).toBe(true);
    expect(listed.allows({ origin: 'http://app.example.com', host })).toBe(false);
    expect(new AllowedOrigins(['*']).allows({ origin: 'null' })).toBe(true);
  });
});

describe('ALLOWED_ORIGINS', () => {
  it('is a list of origins: nothing that would never match', () => {
    const load = (ALLOWED_ORIGINS: string) => loadConfig(StandaloneConfig, { ALLOWED_ORIGINS }).ALLOWED_ORIGINS;
    expect(load('https://a.example, http://localhost:5173')).toEqual(['https://a.example', 'http://localhost:5173']);
    expect(load('*')).toEqual(['*']);
    for (const wrong of ['a.example', 'https://a.example/', 'https://a.example/chat', 'https://*.a.example', 'null'])
      expect(() => load(wrong)).toThrow('ALLOWED_ORIGINS must be');
  });
});

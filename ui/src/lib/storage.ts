/** Settings of this browser. Blocked storage means defaults, never an error. */

export function load<T>(name: string, read: (value: unknown) => T | null, fallback: T): T {
  try {
    const text = localStorage.getItem(`vedette.${name}`);
    return text === null ? fallback : (read(JSON.parse(text)) ?? fallback);
  } catch {
    return fallback;
  }
}

export function save(name: string, value: unknown): void {
  try {
    localStorage.setItem(`vedette.${name}`, JSON.stringify(value));
  } catch {
    // Private mode or a full disk: the setting lasts as long as the page.
  }
}

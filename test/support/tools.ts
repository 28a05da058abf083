import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program or font that the tests use and npm does not bring. */
export interface Tool {
  name: string;
  /** The Debian package that brings it. */
  debianPackage: string;
  isInstalled(): boolean;
}

export const MARIADB: Tool = {
  name: 'MariaDB (mariadbd)',
  debianPackage: 'mariadb-server',
  isInstalled: () => programPath('mariadbd') !== undefined && programPath('mariadb-install-db') !== undefined,
};

export const CHROMIUM: Tool = {
  name: 'Chromium',
  debianPackage: 'chromium',
  isInstalled: () => programPath('chromium') !== undefined,
};

export const CHINESE_FONT: Tool = {
  name: 'a Chinese font',
  debianPackage: 'fonts-noto-cjk',
  isInstalled: () => {
    const list = programPath('fc-list');
    return (
      list !== undefined && execFileSync(list, [':lang=zh-cn', 'family'], { encoding: 'utf8' }).trim() !== ''
    );
  },
};

/** The absolute path of a program, also in the folders of system programs that a user's PATH may lack. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

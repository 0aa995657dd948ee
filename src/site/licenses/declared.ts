/**
 * What readers get and no list of modules shows: what is inside a package’s wasm or its minified files,
 * and packages of which only styles, markup or a wasm file are copied into the site.
 */

/** Something inside a package that is not a package of its own here. */
export interface Contained {
  name: string;
  /** Where it comes from. */
  home: string;
  /** SPDX expression. */
  license: string;
  /** Its license, in `texts/`, without `.txt`. */
  text: string;
}

/** Packages that are in the pages, by the build itself: layout, styles and icons, search. */
export const IN_PAGES = ['@astrojs/starlight', 'astro', 'pagefind', 'vite', 'rolldown'] as const;

const apache = 'Apache-2.0 OR MIT';

/** By the package that contains it. */
export const CONTAINED: Readonly<Record<string, readonly Contained[]>> = {
  '@electric-sql/pglite': [
    {
      name: 'PostgreSQL',
      home: 'https://www.postgresql.org',
      license: 'PostgreSQL',
      text: 'postgresql',
    },
    {
      name: 'PostgreSQL, regular expressions',
      home: 'https://www.postgresql.org',
      license: 'Spencer-99 AND TCL',
      text: 'postgresql-regex',
    },
    {
      name: 'Snowball stemmers',
      home: 'https://snowballstem.org',
      license: 'BSD-3-Clause',
      text: 'snowball',
    },
    { name: 'ICU', home: 'https://icu.unicode.org', license: 'Unicode-3.0', text: 'icu' },
    {
      name: 'libxml2',
      home: 'https://gitlab.gnome.org/GNOME/libxml2',
      license: 'MIT',
      text: 'libxml2',
    },
    { name: 'zlib', home: 'https://zlib.net', license: 'Zlib', text: 'zlib' },
    {
      name: 'IANA time zone database',
      home: 'https://www.iana.org/time-zones',
      license: 'Public domain',
      text: 'tzdata',
    },
    {
      name: 'Emscripten',
      home: 'https://emscripten.org',
      license: 'MIT',
      text: 'emscripten',
    },
    { name: 'musl', home: 'https://musl.libc.org', license: 'MIT', text: 'musl' },
    {
      name: 'LLVM libraries (compiler-rt, libc++)',
      home: 'https://llvm.org',
      license: 'Apache-2.0 WITH LLVM-exception',
      text: 'llvm',
    },
    {
      name: 'pg-protocol',
      home: 'https://github.com/brianc/node-postgres',
      license: 'MIT',
      text: 'pg-protocol',
    },
    {
      name: 'tinytar',
      home: 'https://github.com/kravets-levko/tinytar',
      license: 'MIT',
      text: 'tinytar',
    },
    {
      name: 'async-mutex',
      home: 'https://github.com/DirtyHairy/async-mutex',
      license: 'MIT',
      text: 'async-mutex',
    },
  ],
  'sql.js': [
    { name: 'SQLite', home: 'https://sqlite.org', license: 'Public domain', text: 'sqlite' },
    {
      name: 'extension-functions.c',
      home: 'https://sqlite.org/contrib',
      license: 'Public domain',
      text: 'sqlite-extension-functions',
    },
    {
      name: 'Emscripten',
      home: 'https://emscripten.org',
      license: 'MIT',
      text: 'emscripten',
    },
    { name: 'musl', home: 'https://musl.libc.org', license: 'MIT', text: 'musl' },
  ],
  // Of the package itself only the wasm is in the site.
  'wasmoon-lua5.1': [
    { name: 'Lua', home: 'https://www.lua.org', license: 'MIT', text: 'lua' },
    {
      name: 'Emscripten',
      home: 'https://emscripten.org',
      license: 'MIT',
      text: 'emscripten',
    },
    { name: 'musl', home: 'https://musl.libc.org', license: 'MIT', text: 'musl' },
  ],
  pagefind: [
    {
      name: 'Snowball stemmers',
      home: 'https://snowballstem.org',
      license: 'BSD-3-Clause',
      text: 'snowball',
    },
    {
      name: 'minicbor',
      home: 'https://crates.io/crates/minicbor',
      license: 'BlueOak-1.0.0',
      text: 'blue-oak',
    },
    {
      name: 'Rust standard library, bit-set, wasm-bindgen',
      home: 'https://www.rust-lang.org',
      license: apache,
      text: 'apache-2.0',
    },
  ],
};

/** Packages that come without the text of their license, and where it stands in `texts/`. */
export const TEXTS: Readonly<Record<string, string>> = {
  // Its README: “Licensed under the MIT License, Copyright © 2021-present Modulz.”
  '@stitches/core': 'stitches-core',
};

/** Packages of one house and one license, published as a part of another. */
export const SAME_HOUSE: Readonly<Record<string, readonly string[]>> = {
  '@electric-sql/pglite': ['pglite-utils'],
};

/** Build tools of a package that leave a line of themselves in it, and nothing that anybody wrote for it. */
export const TRACES: readonly string[] = ['tsup'];

/** What may be given to readers. Others stop the build: read the license first, then write it here. */
export const ALLOWED: readonly string[] = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache-2.0 WITH LLVM-exception',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'PostgreSQL',
  'Spencer-99',
  'TCL',
  'Unicode-3.0',
  'Zlib',
  'Public domain',
];

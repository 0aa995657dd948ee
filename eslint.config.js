import markdown from '@eslint/markdown';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import { oneWay } from './eslint-rooms.js';

export default tseslint.config(
  {
    ignores: [
      'dist*/',
      '.astro/',
      '.cache/',
      'node_modules/',
      'src/lecture/diagrams/rendered/',
      'screenshots/',
      'test-results/',
      'playwright-report/',
    ],
  },
  ...tseslint.configs.recommended,
  ...tseslint.configs.stylistic,
  ...astro.configs.recommended,
  // Code in Markdown is read as a file of its own: `README.md/0.ts`.
  ...markdown.configs.processor,
  {
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "AssignmentExpression[left.property.name='innerHTML']",
          message: 'Output is text, never HTML: build elements with textContent.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          name: 'yaml',
          importNames: ['parse', 'parseDocument', 'parseAllDocuments'],
          message:
            'openYaml of src/foundation/yaml/open.ts refuses what is hostile, and tells the place.',
        },
      ],
      eqeqeq: ['error', 'smart'],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // What only the types of a whole program tell.
    files: ['**/*.{ts,tsx}'],
    ignores: ['**/*.md/**'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**'],
    plugins: { rooms: { rules: { 'one-way': oneWay } } },
    rules: { 'rooms/one-way': 'error' },
  },
  { files: ['src/foundation/yaml/open.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['scripts/**', '**/*.config.*', '**/*.md/**'], rules: { 'no-console': 'off' } },
);

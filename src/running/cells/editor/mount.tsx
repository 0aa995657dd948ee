/**
 * The editor of a cell: Sandpack's provider and code editor, and nothing else of it. It fetches
 * nothing and previews nothing; the cell's own runner reads its files.
 */
import { SandpackCodeEditor, SandpackProvider, useSandpack } from '@codesandbox/sandpack-react';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { LanguageSupport } from '@codemirror/language';
import { Prec } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap } from '@codemirror/view';
import { useEffect, useId, useMemo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { descriptorOf } from '../../../engines/descriptors.ts';
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';
import { HIDDEN, markOf } from '../page/hidden-characters.ts';
import type { Editor, EditorOptions } from './editor.ts';
import { EDITOR_STYLE_NONCE } from './nonce.ts';
import { redisLanguage } from './redis-language.ts';
import { theme } from './theme.ts';

type Files = Record<string, string>;

/** Sandpack chooses a language by a file's extension; a client of a Redis cell has none. */
const extensionOf = (engine: EngineName): string =>
  /\.\w+$/.exec(descriptorOf(engine).language.file)?.[0] ?? '';

/** In a folder: at the root, Sandpack reads a `package.json`, and fails if it is none. */
const pathOf = (name: string, engine: EngineName): string =>
  `/cell/${name}${name.includes('.') ? '' : extensionOf(engine)}`;

const toSandpack = (files: readonly ScriptFile[], engine: EngineName): Files =>
  Object.fromEntries(files.map(({ name, code }) => [pathOf(name, engine), code]));

const LANGUAGES = [
  { name: 'sql', extensions: ['sql'], language: sql({ dialect: PostgreSQL }) },
  { name: 'redis', extensions: ['redis'], language: new LanguageSupport(redisLanguage) },
];

/**
 * CodeMirror makes one style element per document, with the word of the first view that names one.
 * Sandpack starts its views without any, so a view of ours comes first.
 */
new EditorView({ extensions: EditorView.cspNonce.of(EDITOR_STYLE_NONCE) }).destroy();

/**
 * Puts an editor over the listing in `host`; the listing stays for print.
 *
 * @throws Error if there is no editor after all; the listing is as it was.
 */
export function openEditor(host: HTMLElement, options: EditorOptions): Promise<Editor> {
  const mount = document.createElement('div');
  mount.className = 'cell-editor';
  host.append(mount);
  return new Promise((resolve, reject) => {
    let ready = false;
    const close = (): void => {
      host.classList.remove('editing');
      mount.remove();
      // React may be busy with what failed.
      setTimeout(() => root.unmount());
    };
    const root = createRoot(mount, {
      onUncaughtError(error) {
        close();
        if (ready) options.onFail();
        else reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    let turn = 0;
    const field = (): HTMLElement | null => mount.querySelector<HTMLElement>('.cm-content');
    const focus = (): void => field()?.focus();
    const render = (files: readonly ScriptFile[], foreign: boolean, onReady: () => void): void => {
      // With other files it is another editor, so that a change in one is always the reader's.
      turn += 1;
      root.render(
        <CellEditor {...options} key={turn} files={files} foreign={foreign} onReady={onReady} />,
      );
    };
    render(options.files, options.foreign, () => {
      // Of effects that fail React tells after it ran the others.
      if (!field()) return;
      ready = true;
      host.classList.add('editing');
      resolve({
        focus,
        close,
        setFiles(files, foreign) {
          const focused = mount.contains(document.activeElement);
          render(files, foreign, () => {
            if (focused) focus();
          });
        },
      });
    });
  });
}

interface CellEditorProps extends EditorOptions {
  onReady: () => void;
}

function CellEditor({
  files,
  engine,
  label,
  foreign,
  onType,
  onReady,
}: CellEditorProps): ReactNode {
  const id = useId().replace(/\W/g, '');
  const names = files.map(({ name }) => name);
  const paths = names.map((name) => pathOf(name, engine));
  useEffect(onReady, []);
  return (
    <SandpackProvider
      files={toSandpack(files, engine)}
      theme={theme}
      customSetup={{ environment: 'static', entry: paths[0]! }}
      options={{
        id,
        autorun: false,
        visibleFiles: paths,
        activeFile: paths[0]!,
        initMode: 'immediate',
      }}
    >
      {names.length > 1 && <Tabs id={id} names={names} paths={paths} />}
      <Code files={files} paths={paths} label={label} foreign={foreign} onType={onType} />
    </SandpackProvider>
  );
}

type CodeProps = Pick<EditorOptions, 'files' | 'label' | 'foreign' | 'onType'> & {
  paths: readonly string[];
};

/** The file that is chosen. */
function Code({ files, paths, label, foreign, onType }: CodeProps): ReactNode {
  const { sandpack } = useSandpack();
  const { activeFile } = sandpack;
  const typed = useMemo(() => files.map((file) => ({ ...file })), [files]);
  const extensions = useMemo(
    () => [
      EditorView.contentAttributes.of({ 'aria-label': `Edit: ${label}` }),
      // The cell listens for this key; the editor must not make a blank line of it.
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => true }])),
      highlightSpecialChars({
        addSpecialChars: HIDDEN,
        render: (code) => markOf(String.fromCodePoint(code)),
      }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (!docChanged) return;
        typed[paths.indexOf(activeFile)]!.code = state.doc.toString();
        onType(typed.map((file) => ({ ...file })));
      }),
    ],
    [activeFile, typed],
  );
  return (
    <SandpackCodeEditor
      showTabs={false}
      showRunButton={false}
      showInlineErrors={false}
      // Scrolling sideways with a thumb loses the start of every line.
      wrapContent={foreign || matchMedia('(max-width: 40em)').matches}
      additionalLanguages={LANGUAGES}
      extensions={extensions}
    />
  );
}

/** The files as tabs, by the pattern of the ARIA guide: arrows choose, one tab stop. */
function Tabs({ id, names, paths }: TabsProps): ReactNode {
  const { sandpack } = useSandpack();
  const choose = (index: number): void => {
    const path = paths[(index + paths.length) % paths.length]!;
    sandpack.setActiveFile(path);
    document.getElementById(tabId(path, id))?.focus();
  };
  return (
    <div className="cell-tabs" role="tablist" aria-label="Files">
      {paths.map((path, index) => (
        <button
          key={path}
          type="button"
          role="tab"
          id={tabId(path, id)}
          aria-controls={`${tabId(path, id)}-panel`}
          aria-selected={sandpack.activeFile === path}
          tabIndex={sandpack.activeFile === path ? 0 : -1}
          onClick={() => sandpack.setActiveFile(path)}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') choose(index + 1);
            if (key === 'ArrowLeft') choose(index - 1);
          }}
        >
          {names[index]}
        </button>
      ))}
    </div>
  );
}

interface TabsProps {
  id: string;
  names: readonly string[];
  /** What Sandpack calls them, in the same order. */
  paths: readonly string[];
}

/** Sandpack names its panel `<file>-<id>-tab-panel` and expects the tab to be called so. */
const tabId = (path: string, id: string): string => `${path}-${id}-tab`;

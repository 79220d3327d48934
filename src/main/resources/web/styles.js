// What the elements of the page look like; tokens.css has the colours and sizes.
import { css } from 'lit';

export const shared = css`
  :host { display: block; min-width: 0; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  a { color: var(--accent); text-decoration: none; }
  a:hover, p a { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
  h1, h2, h3 { font-size: 1em; font-weight: 600; margin: 0; }
  p { margin: 0; }
  code, .mono { font-family: var(--mono); font-size: .92em; }
  .quiet { color: var(--ink-2); }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
  .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  button, input, select { font: inherit; color: inherit; }
  button, select, input {
    background: var(--ground); border: 1px solid var(--line); border-radius: var(--radius); min-height: var(--row); padding: 0 var(--gap);
  }
  button { cursor: pointer; background: var(--ground-2); }
  button:hover { background: var(--ground-3); }
  button[aria-pressed="true"], button[aria-selected="true"] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  button:disabled { color: var(--ink-2); cursor: default; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  label { color: var(--ink-2); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--gap); padding: var(--gap) calc(2 * var(--gap)); border-bottom: 1px solid var(--line); }
  .grow { flex: 1; min-width: 0; }
  .box { margin: calc(2 * var(--gap)); padding: var(--gap) calc(1.5 * var(--gap)); border: 1px solid var(--line); border-left-width: 3px; border-radius: var(--radius); }
  .box.bad { border-left-color: var(--failed); }
  .box.note { border-left-color: var(--inconclusive); background: var(--inconclusive-ground); }
  .empty { max-width: 46rem; margin: 3rem auto; padding: 0 calc(2 * var(--gap)); }
  .empty > * + * { margin-top: var(--gap); }
  .empty pre { margin-bottom: 0; padding: var(--gap); background: var(--ground-2); border: 1px solid var(--line); overflow-x: auto; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: baseline; padding: 3px var(--gap); border-bottom: 1px solid var(--line); }
  th { color: var(--ink-2); font-weight: 500; white-space: nowrap; }
  tr[aria-selected="true"] > * { background: var(--ground-3); }
  caption { text-align: left; padding: var(--gap); color: var(--ink-2); }
  .status { display: inline-block; min-width: 9.6em; padding: 0 .5em; border-radius: var(--radius); font-size: .86em; font-weight: 600; letter-spacing: .02em; text-align: center; }
  .PASSED { color: var(--passed); background: var(--passed-ground); }
  .FAILED { color: var(--failed); background: var(--failed-ground); }
  .PENDING { color: var(--pending); background: var(--pending-ground); }
  .INCONCLUSIVE { color: var(--inconclusive); background: var(--inconclusive-ground); }
  .seen-by-ear { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (max-width: 40rem) { .bar { padding: var(--gap); } .box { margin: var(--gap); } }
`;

/** How the view around the picture looks. */
import { css } from 'lit';

export const viewStyle = css`
  .group { display: inline-flex; flex-wrap: wrap; gap: 2px; }
  .bar h2 { min-width: 12rem; }
  .pair { display: flex; align-items: flex-start; }
  .pair > .grow { min-width: 0; }
  aside { position: relative; flex: 0 0 24rem; padding: var(--gap) calc(2 * var(--gap)) calc(2 * var(--gap)); border-left: 1px solid var(--line); max-height: calc(100vh - 8rem); overflow-y: auto; }
  aside h2 { padding-right: 2rem; overflow-wrap: anywhere; }
  aside h3 { margin-top: calc(2 * var(--gap)); color: var(--ink-2); }
  aside .close { position: absolute; top: 4px; right: 8px; border-color: transparent; background: none; font-size: 1.3em; line-height: 1; }
  aside .message { margin: 4px 0 var(--gap); white-space: pre-wrap; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: minmax(5.5rem, max-content) 1fr; gap: 2px var(--gap); margin: var(--gap) 0; }
  dt { color: var(--ink-2); overflow-wrap: anywhere; max-width: 10rem; }
  dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
  ul { list-style: none; padding: 0; margin: 4px 0; }
  li { padding: 2px 0; overflow-wrap: anywhere; }
  button.link { background: none; border: 0; padding: 0; min-height: 24px; color: var(--accent); text-align: left; overflow-wrap: anywhere; }
  button.link:hover { text-decoration: underline; }
  .remark { padding: 2px calc(2 * var(--gap)); }
  .legend { display: flex; flex-wrap: wrap; gap: 2px calc(2 * var(--gap)); padding: var(--gap) calc(2 * var(--gap)); color: var(--ink-2); font-size: .92em; }
  .legend span { display: inline-flex; align-items: center; gap: 5px; }
  .legend svg { overflow: visible; fill: var(--ink-2); }
  .legend .hollow { fill: none; stroke: var(--ink-2); stroke-width: 1.5; }
  .legend .warning { fill: var(--inconclusive); }
  .legend .failed { fill: var(--failed); }
  .legend .failed.hollow { fill: none; stroke: var(--failed); }
  .legend .line { stroke: var(--ink-2); fill: none; }
  .runs .status { margin-right: var(--gap); }
  @media (max-width: 62rem) {
    .pair { flex-direction: column; align-items: stretch; }
    aside { flex: none; border-left: 0; border-top: 1px solid var(--line); max-height: none; order: -1; }
  }
`;

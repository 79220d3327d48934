/** The keys of the view. */
export const keys = [
  { key: '← →', text: 'the event before, the next one' },
  { key: '↑ ↓', text: 'the lane above, below' },
  { key: 'c', text: 'to the cause' },
  { key: 'e', text: 'to the effect' },
  { key: 'Tab', text: 'to the windows and causes; Enter shows the evidence' },
  { key: '+ −', text: 'closer, farther' },
  { key: '0', text: 'all of it' },
  { key: 'f', text: 'fold idle stretches, or not' },
  { key: 'k', text: 'corrected clocks, or as they were told' },
  { key: 'u', text: 'how sure the times are' },
  { key: 'w', text: 'spans as a waterfall, or in lanes' },
  { key: 't', text: 'the same as a table' },
];

import { always, pinghu } from './dates.ts'

export const rectificationRules = [
  { code: 'rectification.yellow_day', value: 7, unit: '日', clause: 'pinghu.ladder', source: 'seed:002', from: pinghu },
  // the scanned brief prints 1S天; fifteen is the only reading that fits
  {
    code: 'rectification.red_day',
    value: 15,
    unit: '日',
    clause: 'pinghu.ladder',
    source: 'seed:002 M?',
    from: pinghu,
  },
  {
    code: 'rectification.overdue_warning',
    value: 1,
    unit: '分钟',
    clause: 'district.overdue_warning',
    source: 'engineering',
    from: always,
  },
  {
    code: 'rectification.term.imminent',
    value: 0,
    unit: '日',
    clause: 'supervision.rectify_term',
    source: 'L',
    from: always,
  },
  {
    code: 'rectification.term.serious',
    value: 3,
    unit: '日',
    clause: 'supervision.rectify_term',
    source: 'L',
    from: always,
  },
  {
    code: 'rectification.term.general',
    value: 7,
    unit: '日',
    clause: 'supervision.rectify_term',
    source: 'L',
    from: always,
  },
  { code: 'commitment.term', value: 30, unit: '日', clause: 'pinghu.commitment', source: 'seed:002', from: pinghu },
] as const

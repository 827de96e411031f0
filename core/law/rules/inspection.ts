import { mid2012 } from './dates.ts'

export const inspectionRules = [
  {
    code: 'inspection.officers_min',
    value: 2,
    unit: '人',
    clause: 'supervision.two_officers',
    source: 'M',
    from: '2014-10-28',
  },
  { code: 'jgj59.excellent', value: 80, unit: '分', clause: 'jgj59.grades', source: 'V:S4', from: mid2012 },
  { code: 'jgj59.qualified', value: 70, unit: '分', clause: 'jgj59.grades', source: 'V:S4', from: mid2012 },
  { code: 'jgj59.guarantee_pass', value: 40, unit: '分', clause: 'jgj59.scoring', source: 'V:S4', from: mid2012 },
  { code: 'jgj59.guarantee_full', value: 60, unit: '分', clause: 'jgj59.scoring', source: 'V:S4', from: mid2012 },
  // a practice note, not in the text of 2011: a region that reads the text literally sets it false
  { code: 'jgj59.guarantee_by_ratio', value: true, unit: '', clause: 'jgj59.scoring', source: 'V:S4 L', from: mid2012 },
] as const

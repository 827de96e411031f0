import { always } from './dates.ts'

/**
 * 基坑、高支模 (standards 6.4, 6.5). Only what holds for every design stands here. What depends on class and kind of support
 * (table 8.0.4) is set by the design document, and is entered with the device: without it such a quantity has no limit.
 */
export const groundRules = [
  { code: 'ground.water.total', value: 1000, unit: 'mm', clause: 'gb50497.water', source: 'M', from: always },
  { code: 'ground.water.rate', value: 500, unit: 'mm/d', clause: 'gb50497.water', source: 'M', from: always },
  // 预警 = 70 % of 报警, where the document names but one of the two
  { code: 'ground.warn_share', value: 70, unit: '%', clause: 'gb50497.warning', source: 'V:S25', from: always },
  // 连续三天超过该值的70%; a draft says 50 %
  { code: 'ground.rate_share', value: 70, unit: '%', clause: 'gb50497.warning', source: 'M', from: always },
  { code: 'ground.rate_days', value: 3, unit: '日', clause: 'gb50497.warning', source: 'M', from: always },
  // H/300
  {
    code: 'formwork.height_part',
    value: 300,
    unit: '分之一',
    clause: 'jgj300.displacement',
    source: 'M?',
    from: always,
  },
] as const

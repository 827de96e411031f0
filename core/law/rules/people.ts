import { always } from './dates.ts'

/** 建质〔2008〕91号 is dated 2008-05-13 [M]. */
const posts = '2008-05-13'

export const postRules = [
  { code: 'safety_officer.small', value: 1, unit: '人', clause: 'safety_officer.general', source: 'M', from: posts },
  { code: 'safety_officer.medium', value: 2, unit: '人', clause: 'safety_officer.general', source: 'M', from: posts },
  { code: 'safety_officer.large', value: 3, unit: '人', clause: 'safety_officer.general', source: 'M', from: posts },
  {
    code: 'safety_officer.area_medium',
    value: 10_000,
    unit: '㎡',
    clause: 'safety_officer.general',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.area_large',
    value: 50_000,
    unit: '㎡',
    clause: 'safety_officer.general',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.cost_medium',
    value: 5000,
    unit: '万元',
    clause: 'safety_officer.general',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.cost_large',
    value: 10_000,
    unit: '万元',
    clause: 'safety_officer.general',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.workers_medium',
    value: 50,
    unit: '人',
    clause: 'safety_officer.labour',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.workers_large',
    value: 200,
    unit: '人',
    clause: 'safety_officer.labour',
    source: 'M',
    from: posts,
  },
  {
    code: 'safety_officer.workers_per_mille',
    value: 5,
    unit: '‰',
    clause: 'safety_officer.labour',
    source: 'M',
    from: posts,
  },
] as const

// 等保 demands that failures lock an account [M] and leaves the numbers to the operator
export const identityRules = [
  { code: 'sign_in.failures', value: 5, unit: '次', clause: 'identity.lockout', source: 'engineering', from: always },
  {
    code: 'sign_in.failure_window',
    value: 15,
    unit: '分钟',
    clause: 'identity.lockout',
    source: 'engineering',
    from: always,
  },
  { code: 'sign_in.lockout', value: 15, unit: '分钟', clause: 'identity.lockout', source: 'engineering', from: always },
] as const

import { z } from 'zod'
import { Login, page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { Rule } from '../law/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { Account } from './schema.ts'
import { accountWorkflow } from './workflow.ts'

/** The password is shown once and kept only as a hash: a repeated request is answered without it. */
const PasswordOnce = z.object({ id: z.uuid(), password: z.string().nullable() })

export const RuleView = Rule.extend({ standing: z.boolean(), shipped: z.boolean(), clauseText: z.string() })
export type RuleView = z.infer<typeof RuleView>

export const accountContract = {
  list: {
    method: 'GET',
    path: '/accounts',
    permission: 'account.administer',
    title: '账号',
    query: Paging,
    reply: page(Account),
  },
  get: {
    method: 'GET',
    path: '/accounts/:id',
    permission: 'account.administer',
    title: '账号与任职',
    params: ById,
    reply: caseView(Account),
  },
  create: {
    method: 'POST',
    path: '/accounts',
    permission: 'account.administer',
    title: '建立账号，初始密码只显示一次',
    body: z.object({
      requestId: z.uuid(),
      login: Login,
      name: z.string().trim().min(2).max(40),
      personId: z.uuid(),
      demoKey: z.string().max(60).optional(),
    }),
    reply: PasswordOnce,
  },
  act: {
    method: 'POST',
    path: '/accounts/:id/acts',
    permission: 'account.administer',
    title: '办理账号：任命、免职、停用、恢复',
    params: ById,
    body: actBody(accountWorkflow, ['appoint', 'dismiss', 'disable', 'enable']),
    reply: caseView(Account),
  },
  setPassword: {
    method: 'POST',
    path: '/accounts/:id/password',
    permission: 'account.administer',
    title: '重设密码，新密码只显示一次',
    params: ById,
    body: z.object({ requestId: z.uuid() }),
    reply: PasswordOnce,
  },
  rules: {
    method: 'GET',
    path: '/rules',
    permission: 'rule.read',
    title: '规则库：带日期、条款与来源的数字',
    reply: z.object({ rows: z.array(RuleView) }),
  },
  enactRule: {
    method: 'POST',
    path: '/rules',
    permission: 'rule.administer',
    title: '颁行地方规则',
    body: z.object({ requestId: z.uuid(), rule: Rule }),
    reply: z.object({ rows: z.array(RuleView) }),
  },
} satisfies Record<string, AnyRoute>

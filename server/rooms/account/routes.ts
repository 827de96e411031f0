import { accountContract as contract } from '@plumbline/core/account'
import { type DemoPerson, sessionContract } from '@plumbline/core/base'
import { capacities } from '@plumbline/core/access'
import { Refused } from '../../base/errors.ts'
import type { Serve } from '../../base/http.ts'
import { chooseAppointment, clearCookie, revokeSessions } from '../../base/session.ts'
import { moveClock } from './clock.ts'
import { isEmpty, sessionView } from './identity.ts'
import { passwordFits } from './password.ts'
import { enactRule, listRules } from './rules.ts'
import { change, createWithPassword, list, resetPassword, setHash, view } from './service.ts'
import { demoSignIn, enterFirst, signIn, viewAs } from './signin.ts'
import * as store from './store.ts'

export function accountRoutes(serve: Serve): void {
  serve(sessionContract.session, (ctx) => sessionView(ctx, ctx.visitor.accountId))
  serve(sessionContract.signIn, (ctx, { body }) => signIn(ctx, body))
  serve(sessionContract.signOut, async (ctx) => {
    if (ctx.visitor.sessionKey) await revokeSessions(ctx.house, { key: ctx.visitor.sessionKey })
    clearCookie(ctx.reply)
    return {}
  })
  serve(sessionContract.choose, async (ctx, { body }) => {
    const account = await store.find(ctx.db, ctx.visitor.accountId!)
    if (!account?.appointments.some(({ id, until }) => id === body.appointmentId && !until))
      throw new Refused('missing', 'appointment')
    await chooseAppointment(ctx.db, ctx.visitor.sessionKey!, body.appointmentId)
    await ctx.house.stream.cut([ctx.visitor.sessionKey!])
    return viewAs(ctx, account, body.appointmentId)
  })
  serve(sessionContract.firstAdministrator, (ctx, { body }) => enterFirst(ctx, body))
  serve(sessionContract.demoPeople, async (ctx) => {
    if (!(await ctx.house.clock.isDemo()) || (await isEmpty(ctx.db))) return { rows: [] }
    return {
      rows: (await store.listDemo(ctx.db))
        .flatMap(demoPerson)
        .sort((a, b) => rankOf(a) - rankOf(b) || a.key.localeCompare(b.key)),
    }
  })
  serve(sessionContract.demoSignIn, (ctx, { body }) => demoSignIn(ctx, body.key))
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.create, (ctx, { body }) => createWithPassword(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.setPassword, (ctx, { params, body }) => resetPassword(ctx, params.id, body.requestId))
  serve(sessionContract.changePassword, async (ctx, { body }) => {
    const id = ctx.visitor.accountId!
    if (!(await passwordFits(await store.findHash(ctx.db, id), body.old)))
      throw new Refused('forbidden', 'password_wrong')
    await setHash(ctx, id, body.requestId, 'change_password', body.new)
    return {}
  })
  serve(contract.rules, (ctx) => listRules(ctx))
  serve(contract.enactRule, (ctx, { body }) => enactRule(ctx, body))
  serve(sessionContract.clock, (ctx, { body }) => moveClock(ctx, body))
}

const demoPerson = ({
  demoKey,
  name,
  appointments,
}: Awaited<ReturnType<typeof store.listDemo>>[number]): DemoPerson[] => {
  const one = appointments.find(({ until }) => !until)
  return demoKey
    ? [
        {
          key: demoKey,
          name,
          capacityLabel: one ? capacities[one.capacity] : capacities.citizen,
          scope: one?.scope || null,
        },
      ]
    : []
}

/** The people of the county in the order of their capacities: inspectors first, the citizen last. */
const rankOf = ({ capacityLabel }: DemoPerson) => Object.values(capacities).indexOf(capacityLabel as never)

import { projectContract as contract } from '@plumbline/core/project'
import { read } from '../../base/context.ts'
import { Bytes, type Serve } from '../../base/http.ts'
import { importProjects } from './import.ts'
import { countProjects, listProjects, listSites } from './lists.ts'
import { change, listOfficers, register, view } from './service.ts'
import { drawTowns, getTowns } from './towns.ts'
import { listSheet, templateSheet, xlsxType } from './workbook.ts'

export function projectRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => listProjects(ctx, query))
  serve(contract.counts, (ctx, { query }) => countProjects(ctx, query))
  serve(contract.sites, async (ctx, { query }) => ({ rows: await listSites(ctx, query) }))
  serve(contract.export, async (ctx, { query }) => {
    const { rows, next } = await listProjects(ctx, { ...query, limit: mostExported })
    return download(await listSheet(rows, query, ctx.now, next !== null), '项目清单.xlsx')
  })
  serve(contract.template, async () => download(await templateSheet(), '项目导入模板.xlsx'))
  serve(contract.import, (ctx, { body }) => importProjects(ctx, body))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.register, async (ctx, { body }) => view(ctx, (await register(ctx, body)).id))
  serve(contract.amend, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.assign, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.officers, async (ctx) => ({ rows: await listOfficers(ctx) }))
  serve(contract.county, async (ctx) => ({
    towns: await read(ctx, getTowns),
    rows: await listSites(ctx, {}),
  }))
  serve(contract.drawTowns, (ctx, { body }) => drawTowns(ctx, body))
}

const mostExported = 20_000

const download = (body: Buffer, name: string) =>
  new Bytes(body, {
    'content-type': xlsxType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  })

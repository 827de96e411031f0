import { type ImportAnswer, type ImportFault, projectContract } from '@plumbline/core/project'
import { Button } from 'antd'
import { type ChangeEvent, useState } from 'react'
import { Link } from 'react-router'
import { ApiError, call, newRequestId, urlOf } from '../../kit/api.ts'
import { download, fileUrl, uploadFile } from '../../kit/files.ts'
import { Empty, Failure, Page, Progress, Section } from '../../kit/ui/index.ts'
import { useQueryClient } from '@tanstack/react-query'
import { FilePick } from './FilePick.tsx'
import './project.css'

/** One file on its way in. The ids stay the same when it is tried again, so that nothing is entered twice. */
interface Job {
  importId: string
  file: File
  fileId?: string
  share: number
  answer?: ImportAnswer
  error?: unknown
  busy: boolean
}

/** 批量导入: the workbook is sent, then entered piece by piece; good rows enter, bad rows come back with their reasons. */
export function ImportPage() {
  const client = useQueryClient()
  const [job, setJob] = useState<Job>()
  const [failed, setFailed] = useState<unknown>()
  const patch = (part: Partial<Job>) => setJob((before) => before && { ...before, ...part })

  const run = async (start: Job) => {
    setJob({ ...start, busy: true, error: undefined })
    try {
      const fileId = start.fileId ?? (await uploadFile(start.file, (share) => patch({ share }))).id
      patch({ fileId, share: 1 })
      let from: number | null = start.answer ? start.answer.next : 0
      while (from !== null) {
        const answer: ImportAnswer = await call(projectContract.import, {
          body: { importId: start.importId, fileId, from },
        })
        // Each answer tells of all rows so far.
        patch({ answer })
        from = answer.next
      }
    } catch (error) {
      patch({ error })
    }
    patch({ busy: false })
    await client.invalidateQueries()
  }
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = ''
    if (file) void run({ importId: newRequestId(), file, share: 0, busy: true })
  }
  return (
    <Page title="批量导入项目" crumbs={[{ label: '项目库', to: '/projects' }, { label: '批量导入' }]}>
      <Section title="选择文件" note="XLSX，首行为表头" padded>
        <p className="muted" style={{ marginTop: 0 }}>
          每行一个项目。合格的行逐个登记；不合格的行不登记，另出错误表，写明行、列和原因。改正后再次导入，已登记的不会重复。
        </p>
        <FilePick label="选择表格" accept=".xlsx" onChange={take} disabled={job?.busy} />
        <Button
          type="link"
          onClick={() => void download(urlOf(projectContract.template, {}), '项目导入模板.xlsx').catch(setFailed)}
        >
          下载模板
        </Button>
        {failed !== undefined && <Failure error={failed} />}
      </Section>
      {job && <Result job={job} again={() => void run(job)} />}
    </Page>
  )
}

function Result({ job, again }: { job: Job; again: () => void }) {
  const { answer } = job
  return (
    <Section title={job.file.name} note={answer && `已登记 ${answer.imported} 行，未登记 ${answer.failed} 行`}>
      <div className="card-body" aria-live="polite">
        {answer ? (
          <Progress label={job.busy ? '正在登记' : '已处理'} done={answer.done} total={answer.total} />
        ) : (
          <Progress label="正在上传" done={Math.round(job.share * 100)} total={100} />
        )}
        {job.error !== undefined && (
          <Failure error={job.error} again={job.error instanceof ApiError && !job.busy ? again : undefined} />
        )}
        {!job.busy && answer?.errorSheet && (
          <p>
            <a href={fileUrl(answer.errorSheet)} download>
              下载错误表
            </a>
          </p>
        )}
        {!job.busy && answer && answer.imported > 0 && <Link to="/projects">到项目库查看</Link>}
      </div>
      {!job.busy && answer && answer.failed === 0 && !job.error && <Empty>没有不合格的行。</Empty>}
      {answer && answer.faults.length > 0 && <Faults rows={answer.faults} />}
    </Section>
  )
}

function Faults({ rows }: { rows: readonly ImportFault[] }) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>行</th>
          <th>列</th>
          <th>填写的内容</th>
          <th>原因</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, heading, value, reason }) => (
          <tr key={`${row} ${heading} ${reason}`}>
            <td className="num">第 {row} 行</td>
            <td>{heading}</td>
            <td>{value || <span className="muted">空</span>}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

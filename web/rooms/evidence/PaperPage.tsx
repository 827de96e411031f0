import { evidenceContract, hexOf, type PaperView } from '@plumbline/core/evidence'
import { sha256 } from '@noble/hashes/sha2.js'
import { type ChangeEvent, useState } from 'react'
import { useParams } from 'react-router'
import { ApiError, useRoute } from '../../kit/api.ts'
import { Facts, Loaded, Section, Tag, When } from '../../kit/ui/index.ts'
import { Mark } from '../../kit/ui/Mark.tsx'
import { Failure } from '../../kit/ui/Failure.tsx'
import '../../kit/sign-in.css'
import './evidence.css'

/** What the QR code of a paper opens, for anybody: what it is, how its case stands now, and whether a file is its original. */
export function PaperPage() {
  const { id = '' } = useParams()
  const found = useRoute(evidenceContract.paper, { params: { id } })
  return (
    <main className="sign-in">
      <header>
        <Mark size={28} />
        <h1>准绳</h1>
        <span>文书核验</span>
      </header>
      <Loaded found={found} Failed={NoSuchPaper}>
        {(paper) => <Shown paper={paper} />}
      </Loaded>
    </main>
  )
}

function NoSuchPaper({ error, again }: { error: unknown; again: () => void }) {
  if (!(error instanceof ApiError && error.kind === 'missing')) return <Failure error={error} again={again} />
  return (
    <Section title="没有这份文书" padded>
      <p role="alert">
        平台没有出具过这个编号的文书。请核对二维码是否完整；如果纸上写着主管部门的名称，请向该部门反映。
      </p>
    </Section>
  )
}

function Shown({ paper }: { paper: PaperView }) {
  const { name, authority, issuedAt, caseKind, caseState, caseOpen, asOf, entry } = paper
  return (
    <>
      <p className="muted">{authority}</p>
      <Section title={name} note="由平台出具">
        <Facts
          facts={[
            { label: '出具时间', value: <When at={issuedAt} /> },
            {
              label: '此刻的状态',
              value: (
                <>
                  <Tag tone={caseOpen ? 'plain' : 'calm'}>{caseState}</Tag> {caseKind}，查询时间 <When at={asOf} />
                </>
              ),
              wide: true,
            },
            {
              label: '存证',
              value: entry ? (
                <>
                  第 {entry.seq} 条，
                  <When at={entry.at} />，{entry.witnessed ? '已由其他部门见证' : '等待见证'}
                </>
              ) : (
                '正在写入存证日志'
              ),
              wide: true,
            },
          ]}
        />
      </Section>
      <Compare paper={paper} />
      <p className="muted tiny">
        以本页显示的现状为准。不联网也能核验：从事项页的存证栏取得证明文件，用<a href="/verify.html">核验页</a>打开。
      </p>
    </>
  )
}

/** Compares a file with the original, here on this machine: nothing is sent. */
function Compare({ paper }: { paper: PaperView }) {
  const [told, setTold] = useState<{ name: string; same: boolean }>()
  const look = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    const digest = hexOf(sha256(new Uint8Array(await file.arrayBuffer())))
    setTold({ name: file.name, same: digest === paper.sha256 })
  }
  return (
    <Section title="手里的电子文书是不是原件" padded>
      <label className="paper-choose">
        <span>选择 PDF 文件</span>
        <input type="file" accept="application/pdf" onChange={(event) => void look(event)} />
      </label>
      <p role="status" className="paper-told">
        {told && (
          <Tag tone={told.same ? 'calm' : 'red'}>
            {told.same ? '一字不差，是原件' : '与原件不符：内容被改动过，或者不是这份文书'}
          </Tag>
        )}{' '}
        {told?.name}
      </p>
      <p className="muted tiny">只在本机比对，文件不会上传。原件的 SHA-256：</p>
      <code className="evidence-code">{paper.sha256}</code>
    </Section>
  )
}

import { evidenceContract, type LogView, type WitnessLine } from '@plumbline/core/evidence'
import { useRoute } from '../../kit/api.ts'
import { Copied, Count, Empty, Facts, Loaded, Page, Section, Tag, When } from '../../kit/ui/index.ts'
import './evidence.css'
import { problems } from './words.ts'

/** A look every few seconds: the log grows by itself. */
const everyMs = 5_000

/** 存证日志: how far it has grown, who witnesses it, and how anybody checks it without us. */
export function LogPage() {
  const found = useRoute(evidenceContract.log, {}, { refetchInterval: everyMs })
  return <Loaded found={found}>{(log) => <Shown log={log} />}</Loaded>
}

function Shown({ log }: { log: LogView }) {
  return (
    <Page
      title="存证日志"
      lead="办理的行为和附上的文件依次写入日志，由其他部门见证；写入之后，任何一方都不能暗中改动。日志里只有摘要，没有内容。"
      tags={<Standing log={log} />}
    >
      <Section title="现状">
        <Facts
          facts={[
            { label: '条目', value: <Count value={log.size} /> },
            { label: '其中已见证', value: <Count value={log.witnessedSize} /> },
            { label: '日志名', value: <span className="num">{log.origin}</span> },
            { label: '根', value: <code className="evidence-code">{log.root}</code>, wide: true },
          ]}
        />
        <div className="card-body evidence-prose">
          <p className="muted">日志公钥。核验的人应当从本页以外的地方再取得一次，两相对照。</p>
          <Copied text={log.key} label="复制公钥" />
        </div>
      </Section>
      <Section title="见证方" note={`${log.witnesses.length} 家`}>
        <Witnesses witnesses={log.witnesses} size={log.size} />
      </Section>
      <Checking log={log} />
      <Witnessing logKey={log.key} />
    </Page>
  )
}

/** The log in one word. Two histories are the worst that it can tell. */
function Standing({ log: { size, witnessedSize, witnesses } }: { log: LogView }) {
  if (witnesses.some(({ problem }) => problem && problems[problem].grave))
    return <Tag tone="red">见证方持有不同的日志</Tag>
  if (witnesses.length === 0) return <Tag tone="yellow">没有见证方</Tag>
  return witnessedSize === size ? (
    <Tag tone="calm">全部已见证</Tag>
  ) : (
    <Tag tone="plain">{size - witnessedSize} 条待见证</Tag>
  )
}

function Witnesses({ witnesses, size }: { witnesses: readonly WitnessLine[]; size: number }) {
  if (witnesses.length === 0)
    return <Empty>还没有见证方。没有其他部门见证，只有日志所有者一方的签名，不足以证明日志没有改写。</Empty>
  return (
    <div>
      <table className="plain" aria-label="见证方">
        <thead>
          <tr>
            {['见证方', '地址', '最近联署', '联署时间', '状态'].map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {witnesses.map((one) => (
            <tr key={one.key}>
              <td>{one.name}</td>
              <td className="num">{one.url}</td>
              <td className="num">
                {one.size === null ? (
                  '尚未联署'
                ) : (
                  <>
                    前 <Count value={one.size} /> 条
                  </>
                )}
              </td>
              <td>
                <When at={one.at} />
              </td>
              <td>
                <WitnessState witness={one} size={size} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function WitnessState({ witness: { problem, size }, size: whole }: { witness: WitnessLine; size: number }) {
  if (problem) return <Tag tone={problems[problem].grave ? 'red' : 'yellow'}>{problems[problem].words}</Tag>
  return size === whole ? <Tag tone="calm">一致</Tag> : <Tag tone="plain">待联署</Tag>
}

/** How to check from outside: what is published, and the page that needs neither network nor us. */
function Checking({ log }: { log: LogView }) {
  const keys = [log.key, ...log.witnesses.map(({ key }) => key)].join('\n')
  return (
    <Section title="从外部核验" padded>
      <div className="evidence-prose">
        <p>
          日志以静态文件公开（C2SP 的 tlog-tiles、tlog-checkpoint 和 signed-note
          格式），任何人不必登录即可取得检查点，用第三方工具核验：
        </p>
        <Copied text={`curl ${location.origin}${checkpointPath}`} label="复制命令" />
        <p>
          单个案卷的存证，在案卷页的“存证”一栏下载证明，连同原件交给核验的人。核验页是一个独立的文件，可以存入 U
          盘，在没有网络的电脑上打开：
        </p>
        <p className="evidence-links">
          <a href={offlinePage} target="_blank" rel="noreferrer">
            打开核验页
          </a>
          <a href={offlinePage} download="存证核验.html">
            下载核验页
          </a>
        </p>
        <p>核验时填写的公钥，日志和见证方每家一行：</p>
        <Copied text={keys} label="复制公钥" />
      </div>
    </Section>
  )
}

const checkpointPath = `/api${evidenceContract.checkpoint.path}`
const offlinePage = '/verify.html'

const settings = [
  ['WITNESS_NAMES', '见证方的名称，如 人社局'],
  ['HOST', '监听的地址，缺省只接受本机'],
  ['WITNESS_PORT', '接收检查点的端口'],
  ['WITNESS_LOGS', '所见证日志的公钥文件，每行一个日志公钥'],
  ['DATA_DIR', '见证方自己的密钥和记录，遗失后须另起名称'],
] as const

/** How another department runs a witness. It needs the program and a key of ours, and nothing of our data. */
function Witnessing({ logKey }: { logKey: string }) {
  return (
    <Section title="其他部门怎样见证" padded>
      <div className="evidence-prose">
        <p>见证方在自己的电脑上运行一个小程序。它只看检查点，不接触内容；发现日志被改写或者分叉即拒绝联署。</p>
        <Copied text="node server/main.ts --run=witness" label="复制命令" />
        <dl className="evidence-settings">
          {settings.map(([name, words]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p>公钥文件的内容：</p>
        <Copied text={logKey} label="复制公钥" />
        <p className="muted">
          程序启动后显示见证方的公钥和地址。日志所有者把它记入 WITNESSES 所指的文件，每家一行，即开始见证。
        </p>
      </div>
    </Section>
  )
}

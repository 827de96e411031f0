import '../kit/no-eval.ts'
import { ConfigProvider as MobileProvider } from 'antd-mobile'
import zhCN from 'antd-mobile/es/locales/zh-CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { Look } from '../kit/Look.tsx'
import { Queries } from '../kit/query.tsx'
import './index.css'
import { drawToastsOnReact19 } from './render.ts'
import { routes } from './routes.tsx'

drawToastsOnReact19()

const place = document.getElementById('root')
if (!place) throw new Error('field.html has no #root')

createRoot(place).render(
  <StrictMode>
    <Queries>
      <Look>
        <MobileProvider locale={zhCN}>
          <RouterProvider router={createBrowserRouter(routes, { basename: '/field' })} />
        </MobileProvider>
      </Look>
    </Queries>
  </StrictMode>,
)

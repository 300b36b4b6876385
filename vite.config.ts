import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import remixConfig from './remix.config.js'

export default defineConfig({
  plugins: [remix(remixConfig), tailwindcss()],
  build: {
    // Every file stands for itself: the policy of the pages allows no data: address.
    assetsInlineLimit: 0,
    target: 'es2022',
    rollupOptions: {
      // A route that only answers forms has nothing for the browser.
      onwarn: (warning, warn) => {
        if (warning.code !== 'EMPTY_BUNDLE') warn(warning)
      },
    },
  },
})

-- Copy this file to ~/.config/nvim/lsp/, and enable it: vim.lsp.enable('tutorpolicy')
return {
  cmd = { 'tutorpolicy', 'lsp' },
  filetypes = { 'yaml' },
  -- The folder that has the folder 'policies' in it.
  root_markers = { 'policies' },
  workspace_required = true,
}

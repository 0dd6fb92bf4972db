;;; tutorpolicy.el --- Policies in Emacs, by eglot  -*- lexical-binding: t -*-

;; Load this file from the init file, and start the server with M-x eglot in a policy file.

(require 'eglot)

(defun tutorpolicy-project (directory)
  "The project of DIRECTORY: the folder that has the folder policies in it."
  (when-let ((root (locate-dominating-file directory "policies")))
    (cons 'transient (expand-file-name root))))

(add-hook 'project-find-functions #'tutorpolicy-project)
(add-to-list 'eglot-server-programs '((yaml-mode yaml-ts-mode) . ("tutorpolicy" "lsp")))

(provide 'tutorpolicy)
;;; tutorpolicy.el ends here

#!/bin/sh
# In place of LibreOffice: says what it is held to.
sleep 1
mkdir -p "$HOME/out"
echo "$(ulimit -v) $(ulimit -f) $(ulimit -c)" > "$HOME/out/report.docx"

#!/bin/sh
# In place of LibreOffice: starts another program, as it does, and never ends.
sh -c 'sleep 600; true' "$HOME" &
sleep 600

# The browser's files: npm fetches the two design systems (exact versions, assets/package-lock.json).
GENERATED_C += build/gen/assets.c
build/npm/done: assets/package.json assets/package-lock.json
	@rm -rf build/npm; mkdir -p build/npm; cp $^ build/npm; echo "  npm assets"
	@cd build/npm && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1 || { \
	grep -m 3 -E "reason:|E[A-Z]{4,}|code" npm.log; echo "npm could not fetch the browser's files (assets/package.json): is there a network, or a proxy to set?"; \
	echo "npm uses $$(npm config get registry); all it said is in build/npm/npm.log. Then start again."; exit 1; }
	@touch $@
build/gen/assets.c build/gen/assets.txt &: tools/assets.mjs build/npm/done assets/start.js assets/upkeep.css assets/icon.svg
	@echo "  assets"; rm -rf build/assets; node $< build/npm/node_modules assets build/assets build/gen

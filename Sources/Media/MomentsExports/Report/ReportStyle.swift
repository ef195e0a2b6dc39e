/// How a report looks: on a phone, on a desk, in the dark, on paper.
enum ReportStyle {
    static let text = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1d21;--soft:#5b616b;--line:#d9dce1;--panel:#f4f5f7;--good:#1d7a46;\
        --goodfill:#1d7a4638;--near:#a85a00;--nearfill:#d9821f38;--link:#0b5cad}
        @media (prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e8eaee;--soft:#a3a9b4;--line:#353a43;--panel:#1f2228;\
        --good:#5fd08f;--goodfill:#5fd08f40;--near:#f0a850;--nearfill:#f0a85038;--link:#7fb8ff}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--paper);color:var(--ink);\
        font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0}
        h2{font-size:1.15rem;margin:2rem 0 .6rem}
        header p,footer,.key,figcaption{color:var(--soft)}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .skip{position:absolute;left:-99rem}
        .skip:focus{position:static}
        video{display:block;width:100%;max-height:75vh;background:#000;border-radius:.4rem}
        .troubles{border-left:4px solid var(--near);padding:.1rem 1rem;background:var(--panel);margin-top:1rem}
        .troubles h2{margin-top:.5rem}
        svg{display:block;width:100%;height:10rem;background:var(--panel);border:1px solid var(--line);touch-action:pan-y}
        .curve{fill:none;stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke}
        rect.chosen{fill:var(--goodfill);stroke:var(--good);vector-effect:non-scaling-stroke}
        rect.missed{fill:var(--nearfill);stroke:var(--near);stroke-dasharray:4 3;vector-effect:non-scaling-stroke}
        line.scene{stroke:var(--soft);vector-effect:non-scaling-stroke}
        line.edge{stroke:var(--good);stroke-width:5;vector-effect:non-scaling-stroke;cursor:ew-resize}
        .axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem}
        .chip{padding:.05rem .5rem;border-radius:1rem;border:1px solid var(--line)}
        .chip.chosen{border-color:var(--good);color:var(--good)}
        .chip.missed{border:1px dashed var(--near);color:var(--near)}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);\
        white-space:nowrap}
        tbody th{font-weight:600}
        .facts th{width:12rem;min-width:6rem}
        td:last-child,.facts td,.facts th{white-space:normal;min-width:10rem}
        .scenes{list-style:none;margin:0;padding:0;display:grid;gap:.7rem;\
        grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr))}
        figure{margin:0}
        figure img{display:block;width:100%;border-radius:.3rem;background:var(--panel)}
        figcaption{font-size:.8rem}
        .files{columns:14rem;padding-left:1.2rem}
        #editor{background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.2rem 1rem 1rem;\
        margin-top:2rem}
        #editor h2{margin-top:.8rem}
        #editor fieldset{border:0;margin:0 0 .6rem;padding:0}
        #editor input[type=number]{width:6.5rem}
        #editor input,#editor select,#editor button,#editor textarea{font:inherit;color:inherit;background:var(--paper);\
        border:1px solid var(--soft);border-radius:.3rem;padding:.2rem .4rem}
        #editor button{padding:.35rem .9rem;cursor:pointer}
        #editor textarea{width:100%;font-family:ui-monospace,monospace;font-size:.85rem}
        #total{font-weight:600}
        [hidden]{display:none}
        @media (max-width:40rem){.stack thead{position:absolute;left:-99rem}\
        .stack tr{display:flex;flex-wrap:wrap;border-bottom:1px solid var(--line)}\
        .stack th,.stack td{border:0;padding-bottom:.1rem}.stack tbody th,.stack td:last-child{flex:0 0 100%}}
        @media print{#editor,.skip,video{display:none}body{max-width:none;color:#000;background:#fff}\
        section{break-inside:avoid}.scenes{grid-template-columns:repeat(5,1fr)}}
        """
}

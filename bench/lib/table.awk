# From medians to Markdown for the project's README. Variables: machine, versions, date, runs, growth_runs.

{
    key = $1 " " $2 " " $3 " " $4
    median[key] = $5
    least[key] = $6
    most[key] = $7
    number[key] = $8
    if ($3 != "-" && !($3 in seen)) {
        seen[$3] = 1
        stores[++sizes] = $3
    }
}

function time(key) { return key in median ? sprintf("%.1f s", median[key]) : "" }

function spread(key) {
    if (!(key in median)) return ""
    return number[key] > 1 ? sprintf("%.1f s (%.1f to %.1f)", median[key], least[key], most[key]) : sprintf("%.1f s", median[key])
}

function ratio(over, under) { return (over in median) && (under in median) ? sprintf("%.2f", median[over] / median[under]) : "" }

function verdict(value, limit) { return value <= limit ? "met" : "missed" }

function row(title, name, limit, limit_is_ratio,    fast, stock, aim) {
    fast = name " fast - total"
    stock = name " stock - total"
    if (!(fast in median)) return
    if (limit && limit_is_ratio) aim = sprintf("at most %.2f: %s", limit, verdict(median[fast] / median[stock], limit))
    else if (limit) aim = sprintf("at most %d s: %s", limit, verdict(median[fast], limit))
    printf "| %s | %s | %s | %s | %s |\n", title, spread(stock), spread(fast), ratio(fast, stock), aim
}

function parts(title, name, launch, label,    key) {
    key = name " " launch " - "
    if (!((key "engine") in median)) return
    printf "| %s, %s | %s | %s | %s | %s | %s | %s |\n", title, label, time(key "engine"), time(key "discovery"), \
        time(key "program"), time(key "plugin"), time(key "resources"), time(key "total")
}

function both(title, name) {
    parts(title, name, "stock", "stock")
    parts(title, name, "fast", "this project")
}

END {
    print "<!-- bench: begin (written by bench/run) -->"
    printf "Measured %s. %s. %s. ", date, machine, versions
    if (runs > 1) printf "Median of %d runs that took turns, in brackets the fastest and the slowest.\n\n", runs
    else printf "One run: no more than a first impression.\n\n"
    print "| | stock launch | this project | ratio | aim |"
    print "|---|--:|--:|--:|---|"
    row("`pulumi preview`, nothing changed", "preview", 0.30, 1)
    row("`pulumi preview`, one source file changed", "changed", 0.80, 1)
    row("`pulumi up`, nothing deployed", "up")
    row("`pulumi up`, nothing deployed, nothing built", "fresh")
    row("`./local/up`, database down", "local-up", 6)
    row("`mvn test`", "mvn-test", 6)
    if ("plan terraform - total" in median) {
        row("`pulumi preview`, nothing deployed", "plan")
        printf "| `terraform plan` of the same resources, nothing deployed | | %s | | |\n", spread("plan terraform - total")
    }
    print "\nWhere the time goes (medians of each part, so they need not add up):\n"
    print "| | engine | plugin discovery | program start | plugin start | resources | in all |"
    print "|---|--:|--:|--:|--:|--:|--:|"
    both("nothing changed", "preview")
    both("one source file changed", "changed")
    both("nothing deployed", "up")
    both("nothing deployed, nothing built", "fresh")
    if (sizes) {
        printf "\nHow it grows (%s):\n\n", (growth_runs > 1 ? "median of " growth_runs : "one run")
        print "| stores in one program | preview, stock | this project | ratio | up, stock | this project | ratio |"
        print "|--:|--:|--:|--:|--:|--:|--:|"
        for (i = 1; i <= sizes; i++) {
            size = stores[i]
            stock = " stock " size " total"
            fast = " fast " size " total"
            printf "| %s | %s | %s | %s | %s | %s | %s |\n", size, time("preview" stock), time("preview" fast), \
                ratio("preview" fast, "preview" stock), time("up" stock), time("up" fast), ratio("up" fast, "up" stock)
        }
    }
    print "<!-- bench: end -->"
}

# From one line a time (measurement launch stores run part seconds) to one line with median, least, most and number.

{
    key = $1 " " $2 " " $3 " " $5
    if (!(key in count)) order[++keys] = key
    times[key, ++count[key]] = $6 + 0
}

END {
    for (i = 1; i <= keys; i++) {
        key = order[i]
        n = count[key]
        for (j = 1; j <= n; j++) sorted[j] = times[key, j]
        for (j = 2; j <= n; j++) {
            value = sorted[j]
            for (k = j - 1; k >= 1 && sorted[k] > value; k--) sorted[k + 1] = sorted[k]
            sorted[k + 1] = value
        }
        median = n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
        printf "%s %.3f %.3f %.3f %d\n", key, median, sorted[1], sorted[n], n
    }
}

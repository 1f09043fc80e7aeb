module io.weft/real-cluster/traffic

go 1.26
